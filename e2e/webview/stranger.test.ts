/** A frame of a stranger in the page: it may have the app's ear, and can answer for nobody. */
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servePage } from "../../examples/webview/server.mjs";
import { launchChromium } from "../support/browser.js";
import { saying } from "./app.js";
import { becomes, NOWHERE, READY } from "./story.js";

let browser: Browser;
let site: { url: string; close: () => Promise<void> };
let page: Page;
const heard: { type: string; id: string; count: number }[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  site = await servePage({ host: NOWHERE, key: "wk" });
  // The example's own policy would not let the frame in.
  page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.exposeFunction("heard", (text: string) => void heard.push(JSON.parse(text)));
  // In every frame, as addJavascriptInterface has it.
  await page.addInitScript("window.BaliseAndroid = { postMessage(text) { heard(text); } };");
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const waiting = (): Promise<number> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(".outbox.")).length);

/** The same server under another name is another origin. */
async function addStranger(): Promise<Frame> {
  await page.evaluate(
    (src) => {
      const frame = document.createElement("iframe");
      frame.src = src;
      document.body.append(frame);
    },
    `${site.url.replace("127.0.0.1", "localhost")}/config.js`,
  );
  const find = (): Frame | undefined =>
    page.frames().find((one) => one.url().includes("localhost"));
  await becomes(() => find() !== undefined, true);
  const frame = find();
  if (!frame) throw new Error("no frame");
  return frame;
}

test("a frame that knows a batch cannot acknowledge it; the app can", async () => {
  await page.goto(site.url);
  await page.evaluate("var arrived = 0; addEventListener('message', () => arrived++);");
  await page.evaluate(saying(READY));
  await becomes(() => heard.some(({ type }) => type === "batch"), true);
  const batch = heard.find(({ type }) => type === "batch");
  const ack = { balise: 1, type: "ack", id: batch?.id, accepted: batch?.count, rejected: [] };
  const frame = await addStranger();
  const refused = await frame.evaluate((message) => {
    parent.postMessage(message, "*");
    parent.postMessage(JSON.stringify(message), "*");
    try {
      Reflect.get(parent, "baliseReceive")(message);
      return "called";
    } catch (error) {
      return error instanceof DOMException ? error.name : String(error);
    }
  }, ack);
  expect(refused).toBe("SecurityError");
  await becomes(() => page.evaluate("arrived"), 2);
  expect(await waiting()).toBe(1);
  await becomes(async () => {
    // The page may have given up on it by now, and hand it over again.
    await page.evaluate(saying(READY));
    const { id, count } = heard.findLast(({ type }) => type === "batch") ?? {};
    await page.evaluate(saying({ ...ack, id, accepted: count }));
    return waiting();
  }, 0);
});

test("what a frame says to the app has no answer in the page", async () => {
  await page.getByTestId("renew").click();
  await becomes(() => heard.at(-1)?.type, "batch");
  const before = await waiting();
  const forged = {
    balise: 1,
    type: "batch",
    id: "1-2-3-4",
    writeKey: "wk",
    count: 1,
    events: "[{}]",
  };
  const frame = page.frames().at(-1);
  await frame?.evaluate((text) => Reflect.get(window, "heard")(text), JSON.stringify(forged));
  expect(heard.at(-1)).toEqual(forged);
  const ack = { balise: 1, type: "ack", id: "1-2-3-4", accepted: 1, rejected: [] };
  expect(await page.evaluate(saying(ack))).toBe(true);
  expect(await waiting()).toBe(before);
  expect(before).toBe(1);
});

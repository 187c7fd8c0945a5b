/** The example of all widgets, with a real collector; and the pictures of it in the docs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servePage } from "../examples/feedback/server.mjs";
import { lookUpWebKit } from "../scripts/webkit.mjs";
import { until } from "../packages/collector/dist/testing/until.js";
import { launchWebKit } from "./engines/webkit.js";
import { sql } from "./support/ask.js";
import { launchChromium } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";

const PICTURES = fileURLToPath(new URL("../docs/feedback/", import.meta.url));
const MAX_BYTES = 40 * 1024;

const folder = makeFolder();
let collector: Collector;
let browser: Browser;
let site: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
  site = await servePage({ host: collector.url, key: collector.keys.writeKey });
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

async function visit(path: string, width: number, height: number, isMobile = false) {
  const context = await browser.newContext({
    viewport: { width, height },
    isMobile,
    hasTouch: isMobile,
  });
  // Nothing else lets a test look into what users' pages cannot.
  await context.addInitScript(() => {
    // oxlint-disable-next-line typescript/unbound-method -- only ever applied to an element
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      return attachShadow.call(this, { ...init, mode: "open" });
    };
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${site.url}${path}`);
  await page.waitForSelector("html[data-ready]");
  return { page, complaints, close: () => context.close() };
}

/** Chromium packs it small: there are few colours in it. */
async function keep(name: string, png: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const webp = await page.evaluate(async (png) => {
    const image = await createImageBitmap(
      await (await fetch(`data:image/png;base64,${png}`)).blob(),
    );
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.5 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, png);
  await context.close();
  expect(webp.length).toBeLessThan(MAX_BYTES);
  writeFileSync(`${PICTURES}${name}.webp`, Buffer.from(webp));
}

const shoot = async (page: Page): Promise<string> => (await page.screenshot()).toString("base64");

test("an answer is in the table although its tab was closed right after the click", async () => {
  const { page, complaints, close } = await visit("/?language=fr", 1100, 900);
  await page.getByRole("button", { name: "Ask: popover" }).click();
  const popover = page.getByRole("region").last();
  await popover.getByRole("radio", { name: "0 Certainement pas" }).click();
  await page.close({ runBeforeUnload: false });
  const find = () =>
    sql<{ score: number; min: number; max: number; touchpoint: string; kind: string }>(
      collector,
      "SELECT score, scale_min AS min, scale_max AS max, touchpoint, kind FROM feedback WHERE survey_id = 'relation-popover'",
    );
  await until(async () => (await find()).length > 0, 20_000);
  expect(await find()).toEqual([
    { score: 0, min: 0, max: 10, touchpoint: "example", kind: "relational" },
  ]);
  const ends = () =>
    sql<{ name: string }>(
      collector,
      "SELECT DISTINCT name FROM events WHERE properties.surveyId::String = 'relation-popover' ORDER BY name",
    );
  await until(async () => (await ends()).length === 2, 20_000);
  expect(await ends()).toEqual([{ name: "survey_abandoned" }, { name: "survey_shown" }]);
  expect(complaints).toEqual([]);
  await close();
});

test("the pictures of the docs are taken in Chromium", async () => {
  for (const [name, path] of [
    ["light", "/"],
    ["dark", "/?theme=dark&language=fr"],
  ] as const) {
    const { page, complaints, close } = await visit(path, 1100, 880);
    for (const value of ["9", "4"]) await page.locator(`input[value="${value}"]`).first().check();
    await page.locator('section:nth-child(6) input[value="4"]').check();
    await page.locator('section:nth-child(7) input[value="4"]').check();
    await page.locator('section:nth-child(10) input[value="delay"]').check();
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.move(0, 0);
    await keep(name, await shoot(page));
    expect(complaints).toEqual([]);
    await close();
  }
  for (const [name, width, height] of [
    ["popover", 900, 600],
    ["sheet", 390, 700],
  ] as const) {
    const { page, close } = await visit("/?theme=light", width, height, name === "sheet");
    await page.getByRole("button", { name: "Ask: popover" }).click();
    await page.getByRole("region").last().locator('input[value="8"]').check();
    await keep(name, await shoot(page));
    await close();
  }
});

const webkit = lookUpWebKit();
test.runIf(webkit)("the picture of a brand's own colours is taken in WebKit", async () => {
  if (!webkit) return;
  const engine = await launchWebKit(webkit);
  try {
    const tab = await engine.newTab();
    await tab.open(`${site.url}/?theme=brand`);
    await until(
      () => tab.evaluate(() => document.documentElement.dataset["ready"] === "true"),
      20_000,
    );
    expect(await tab.evaluate(() => document.querySelectorAll("balise-survey").length)).toBe(12);
    await keep("webkit", await tab.screenshot());
  } finally {
    await engine.close();
  }
});

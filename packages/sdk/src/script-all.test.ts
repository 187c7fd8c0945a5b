import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { collectorServer, pageServer } from "./testing/collector-server.js";

let built: Built;
let browser: Browser;
let script: Buffer;
beforeAll(async () => {
  built = await build();
  script = await readFile(join(built.dist, "balise.all.js"));
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

let collector: Awaited<ReturnType<typeof collectorServer>>;
let site: Awaited<ReturnType<typeof pageServer>> | undefined;
let complaints: string[];
let page: Page;

beforeEach(async () => {
  collector = await collectorServer(script);
  page = await (await browser.newContext()).newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));
});
afterEach(async () => {
  await page.context().close();
  await site?.close();
  await collector.close();
});

/** A page with the script, under a strict policy; what is written on it is the attribute. */
async function open(attributes = ""): Promise<void> {
  site = await pageServer(
    {
      "/": `<!doctype html><title>Home</title><button data-balise="buy">Buy</button><a href="#">none</a>
            <script async src="${collector.url}/v1/balise.js" data-key="wk" ${attributes}></script>`,
      "/favicon.ico": "",
    },
    {
      "content-security-policy": `default-src 'none'; img-src 'self'; script-src ${collector.url}; connect-src ${collector.url}; require-trusted-types-for 'script'`,
    },
  );
  await page.goto(site.url);
  await page.waitForFunction("globalThis.balise && !globalThis.balise.q");
}

/** Names of what has arrived. */
const names = () => new Set(collector.accepted.map((event) => event.name));

async function clickAndLeave(): Promise<void> {
  await page.click("button", { clickCount: 3, delay: 10 });
  await page.click("a");
  await page.waitForTimeout(1200);
  await page.goto("about:blank");
}

test("without a choice every instrument is on, and the page hears one listener of a type", async () => {
  await open();
  const client = await page.context().newCDPSession(page);
  const { result } = await client.send("Runtime.evaluate", { expression: "window" });
  const { listeners } = await client.send("DOMDebugger.getEventListeners", {
    objectId: result.objectId ?? "",
  });
  const types = listeners.filter(({ passive }) => passive).map(({ type }) => type);
  expect(types).toContain("click");
  expect(types).toEqual([...new Set(types)]);
  await clickAndLeave();
  const all = ["page_view", "click", "rage_click", "dead_click", "visible_time", "web_vital"];
  await expect.poll(() => [...names()]).toEqual(expect.arrayContaining(all));
  expect(collector.named("page_view")).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test("only the instruments that are named are on", async () => {
  await open('data-instruments="rage-clicks  visible-time"');
  await clickAndLeave();
  await expect.poll(names).toEqual(new Set(["page_view", "rage_click", "visible_time"]));
  expect(complaints).toEqual([]);
});

test("an empty choice is none, and page views have a switch of their own", async () => {
  await open('data-instruments="" data-auto-page="false"');
  await page.evaluate("balise.track('last')");
  await clickAndLeave();
  await expect.poll(names).toEqual(new Set(["last"]));
});

test("a name that no instrument has is told in the console, and the others are on", async () => {
  await open('data-instruments="clics constructor visible-time"');
  await clickAndLeave();
  await expect.poll(names).toEqual(new Set(["page_view", "visible_time"]));
  const files = await readdir(join(built.dist, "auto"));
  files.sort((one, other) => one.localeCompare(other));
  const all = files.flatMap((file) => /^([a-z-]+)\.js$/.exec(file)?.[1] ?? []);
  const others = all.filter((name) => name !== "page-views").join(" ");
  expect(complaints).toEqual(
    ["clics", "constructor"].map(
      (name) => `[balise] data-instruments: "${name}" is none of ${others}.`,
    ),
  );
});

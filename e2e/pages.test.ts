import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launchChromium } from "./support/browser.js";
import { sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";
import { balise } from "./support/run.js";

const PAGES = [
  "overview",
  "funnel",
  "journeys",
  "acquisition",
  "contacts",
  "feedback",
  "friction",
  "segments?breakdown=device",
  "coverage",
  "live",
];
const WIDTHS = [360, 768, 1440];
const SCHEMES = ["light", "dark"] as const;
/** Where the pictures of the pages are put, to be looked at. */
const PICTURES = fileURLToPath(new URL("../.pictures", import.meta.url));
const AXE = readFileSync(
  createRequire(new URL("../packages/console/package.json", import.meta.url)).resolve(
    "axe-core/axe.min.js",
  ),
  "utf8",
);

const folder = makeFolder();
let collector: Collector;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
  const { writeKey, secretKey, readKey } = collector.keys;
  const sent = await balise(
    ["demo", "--url", collector.url, "--visitors", "1500"],
    { BALISE_WRITE_KEY: writeKey, BALISE_SECRET_KEY: secretKey },
    folder.path,
  );
  if (sent.code !== 0) throw new Error(`balise demo ended with ${sent.code}: ${sent.stderr}`);
  const events = Number(/^([\d,]+) events of/m.exec(sent.stdout)?.[1]?.replaceAll(",", ""));
  const stored = async (): Promise<boolean> => {
    const [row] = await sql<{ n: string }>(
      collector,
      "SELECT toString(uniqExact(id)) AS n FROM events",
    );
    return Number(row?.n) >= events;
  };
  await vi.waitUntil(stored, { timeout: 60_000, interval: 200 });
  mkdirSync(PICTURES, { recursive: true });
  const context = await browser.newContext({
    locale: "en-GB",
    reducedMotion: "reduce",
    viewport: { width: 1440, height: 900 },
    // For axe, which is not of the page.
    bypassCSP: true,
  });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(collector.url);
  await page.getByTestId("key-input").fill(readKey);
  await page.getByTestId("key-submit").click();
  await page.locator("main.page").waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

interface Listed {
  name: string;
  topic: string;
}

async function listed(): Promise<Listed[]> {
  const response = await fetch(`${collector.url}/v1/query`, {
    headers: { authorization: `Bearer ${collector.keys.readKey}` },
  });
  const { queries } = (await response.json()) as { queries: Listed[] };
  return queries;
}

/** Opens the page and scrolls down it, so that all its questions are asked. */
async function open(place: string): Promise<void> {
  await page.goto(`${collector.url}/#/${place}`);
  await page.locator("section[data-testid^=question-], [data-testid=live-row]").first().waitFor();
  const cards = page.locator("section[data-testid^=question-]");
  for (let index = 0; index < (await cards.count()); index++) {
    await cards.nth(index).scrollIntoViewIfNeeded();
    await expect
      .poll(() => cards.nth(index).getAttribute("aria-busy"), { timeout: 20_000 })
      .toBe("false");
  }
  await page.evaluate("scrollTo(0, 0)");
}

test.each(PAGES)(
  "%s: every question is answered, nothing overflows, axe finds nothing",
  async (place) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(place);
    expect(await page.locator("main [role=alert]").allTextContents()).toEqual([]);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        const overflow = "document.documentElement.scrollWidth - innerWidth";
        expect([width, await page.evaluate(overflow)]).toEqual([width, 0]);
        await page.evaluate(AXE);
        const found = await page.evaluate<string[]>(
          `axe.run().then(({ violations }) =>
            violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`,
        );
        expect([width, colorScheme, found]).toEqual([width, colorScheme, []]);
        const name = `${place.replace(/\?.*/, "")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(PICTURES, name), fullPage: true });
      }
    }
    expect(complaints).toEqual([]);
  },
  120_000,
);

test("every question that the collector lists stands on a page of the console", async () => {
  const shown = new Set<string>();
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const place of PAGES) {
    await open(place);
    const ids = await page
      .locator("section[data-testid^=question-]")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-testid") ?? ""));
    for (const id of ids) shown.add(id.replace("question-", ""));
  }
  // The pages Funnel and Live show these in a way of their own.
  const own = ["funnel", "live_events", "activity"];
  const missing = (await listed()).filter(({ name }) => !shown.has(name) && !own.includes(name));
  expect(missing.map(({ name, topic }) => `${name} of ${topic}`)).toEqual([]);
}, 120_000);

test("a number on a page is the number that HTTP gives", async () => {
  await open("overview");
  const response = await fetch(`${collector.url}/v1/query/sessions_summary`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${collector.keys.readKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      from: new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10),
      to: new Date().toISOString().slice(0, 10),
    }),
  });
  const { rows } = (await response.json()) as { rows: Record<string, unknown>[] };
  const facts = page.getByTestId("question-sessions_summary").locator("[data-column]");
  const values = await facts.evaluateAll((all) =>
    all.map((fact) => [fact.getAttribute("data-column") ?? "", fact.getAttribute("data-value")]),
  );
  expect(values.length).toBeGreaterThan(5);
  // ClickHouse adds in the order in which its threads are done: the last digit of a mean may differ.
  for (const [name, value] of values) {
    expect(Number(value)).toBeCloseTo(Number(rows[0]?.[name ?? ""]), 9);
  }
});

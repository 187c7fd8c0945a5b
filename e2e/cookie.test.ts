/** The cookie of a person, set by a script and prolonged by the collector, in a real browser. */
import { createServer } from "node:http";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidV7 } from "../packages/collector/dist/sender/uuid.js";
import { sql } from "./support/ask.js";
import { launchChromium } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { filesWith } from "./support/files.js";
import { makeFolder } from "./support/folder.js";

const DAY = 86_400;
const LIFE = 395 * DAY;
const WEEK = 7 * DAY;
const MADE_AT = Date.now() - 100 * DAY * 1000;
const ID = uuidV7(MADE_AT, Buffer.from("c00c1ec00c1ec00c1e00", "hex"));
const SECRET = "secret-of-the-shop";

const folder = makeFolder();
let collector: Collector;
let browser: Browser;
const pages = createServer((_request, response) => {
  response.setHeader("content-type", "text/html");
  response.end("<!doctype html><title>Shop</title>");
});

beforeAll(async () => {
  const settings = { BALISE_COOKIE_DOMAIN: "shop.localhost", BALISE_LOG_LEVEL: "debug" };
  [collector, browser] = await Promise.all([
    startCollector(folder.path, settings),
    launchChromium(),
  ]);
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  pages.close();
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
});

/** A page of this host, whose script has set the cookies. */
async function openPage(
  host: string,
  person = ID,
): Promise<{ page: Page; context: BrowserContext }> {
  const address = pages.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://${host}:${address.port}/`);
  await page.evaluate(
    ([id, secret, week]) => {
      const domain = location.hostname.split(".").slice(-2).join(".");
      const scope = `domain=${domain}; path=/; max-age=${week}; samesite=lax`;
      document.cookie = `balise.person=${id}; ${scope}`;
      document.cookie = `session=${secret}; ${scope}`;
    },
    [person, SECRET, WEEK] as const,
  );
  return { page, context };
}

const batchAddress = (): string =>
  `http://balise.shop.localhost:${new URL(collector.url).port}/v1/batch`;
const batch = (): string =>
  JSON.stringify({ writeKey: collector.keys.writeKey, events: [makeEvent()] });

const send = (page: Page): Promise<{ status: number; accepted: number }> =>
  page.evaluate(
    async ([address, body]) => {
      const answer = await fetch(address, { method: "POST", body, credentials: "include" });
      return { status: answer.status, accepted: (await answer.json()).accepted };
    },
    [batchAddress(), batch()] as const,
  );

/** How long a cookie has yet to live, in days. */
const daysLeft = async (context: BrowserContext, name: string): Promise<number | undefined> => {
  const cookie = (await context.cookies()).find((one) => one.name === name);
  return cookie && Math.round((cookie.expires - Date.now() / 1000) / DAY);
};

test("a page's fetch is answered with what is left of the cookie's 13 months, and reads both", async () => {
  const { page, context } = await openPage("www.shop.localhost");
  expect(await daysLeft(context, "balise.person")).toBe(7);
  expect(await send(page)).toEqual({ status: 202, accepted: 1 });
  const [cookie] = (await context.cookies()).filter(({ name }) => name === "balise.person");
  expect(cookie).toMatchObject({
    value: ID,
    domain: ".shop.localhost",
    path: "/",
    httpOnly: false,
    sameSite: "Lax",
  });
  expect(Math.round((cookie?.expires ?? 0) / DAY)).toBe(Math.round((MADE_AT / 1000 + LIFE) / DAY));
  expect(await daysLeft(context, "session")).toBe(7);
  expect(await page.evaluate(() => document.cookie)).toContain(`balise.person=${ID}`);
  await context.close();
});

test("a beacon's answer prolongs it too", async () => {
  const { page, context } = await openPage("www.shop.localhost");
  await page.evaluate(([address, body]) => navigator.sendBeacon(address, body), [
    batchAddress(),
    batch(),
  ] as const);
  await expect.poll(() => daysLeft(context, "balise.person"), { timeout: 20_000 }).toBe(295);
  await context.close();
});

test("a page of another site sends no cookie and gets none", async () => {
  const { page, context } = await openPage("www.other.localhost");
  expect(await send(page)).toEqual({ status: 202, accepted: 1 });
  const domains = (await context.cookies()).map(({ domain }) => domain);
  expect(domains).toEqual([".other.localhost", ".other.localhost"]);
  expect(await daysLeft(context, "balise.person")).toBe(7);
  await context.close();
});

test("no cookie is in a table, on disk or in the log", async () => {
  const row = "formatRow('JSONEachRow', *)";
  const rowsWith = (text: string): Promise<unknown[]> =>
    sql(collector, `SELECT name FROM events WHERE position(${row}, '${text}') > 0`);
  await expect.poll(() => rowsWith("page_view"), { timeout: 20_000 }).toHaveLength(3);
  for (const trace of [ID, SECRET, "balise.person"]) {
    expect([trace, await rowsWith(trace)]).toEqual([trace, []]);
    expect([trace, filesWith(join(folder.path, "data"), trace)]).toEqual([trace, []]);
    expect(collector.stderr()).not.toContain(trace);
  }
});

test("the tag keeps its person through it, hears its answers, and sends much at once as gzip", async () => {
  const id = uuidV7(MADE_AT, Buffer.from("7a67ed7a67ed7a67ed00", "hex"));
  const { page, context } = await openPage("www.shop.localhost", id);
  await page.evaluate(() => {
    const fetch = window.fetch.bind(window);
    window.fetch = (address, init) => {
      if (init?.body instanceof Blob) document.title = "packed";
      return fetch(address, init);
    };
  });
  const script = batchAddress().replace("batch", "balise.js");
  await page.evaluate(
    ([src, key]) => {
      const tag = document.createElement("script");
      Object.assign(tag, { src, async: true });
      Object.assign(tag.dataset, { key, cookieDomain: "shop.localhost" });
      document.head.append(tag);
    },
    [script, collector.keys.writeKey] as const,
  );
  await page.waitForFunction(() => "track" in Object(Reflect.get(window, "balise")));
  await page.evaluate(() => {
    for (let n = 0; n < 30; n++) Reflect.get(window, "balise").track("seen", { n });
  });
  const keptKeys = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes("outbox")));
  // What is answered leaves the storage.
  await expect.poll(keptKeys, { timeout: 20_000 }).toEqual([]);
  expect(await page.title()).toBe("packed");
  expect(await daysLeft(context, "balise.person")).toBe(295);
  const seen = (): Promise<unknown> =>
    sql(
      collector,
      `SELECT name, toString(uniqExact(id)) AS n FROM events WHERE anonymous_id = '${id}' GROUP BY name ORDER BY name`,
    );
  await expect.poll(seen, { timeout: 20_000 }).toEqual([
    { name: "page_view", n: "1" },
    { name: "seen", n: "30" },
  ]);
  await context.close();
});

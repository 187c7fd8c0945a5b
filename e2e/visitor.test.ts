import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askFunnel, peopleOf, sql } from "./support/ask.js";
import { launchChromium } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { makeFolder } from "./support/folder.js";

const folder = makeFolder();
let collector: Collector;

/** A shop's page, which delegates its visitors' hints to the collector. */
const shop = createServer((_request, response) => {
  const { origin } = new URL(collector.url);
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html>
    <meta http-equiv="delegate-ch" content="sec-ch-ua-platform-version ${origin}; sec-ch-ua-model ${origin}">
    <title>Shop</title>
    <script async src="${collector.url}/v1/balise.js" data-key="${collector.keys.writeKey}"></script>`);
});

beforeAll(async () => {
  collector = await startCollector(folder.path);
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  shop.close();
  await collector?.end("SIGTERM");
  folder.remove();
});

test("a browser that a page lets tell more is known by its hints, through a frozen User-Agent", async () => {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    // What the browser says of itself, in its own words: a Windows 11 behind a frozen User-Agent.
    const devTools = await context.newCDPSession(page);
    await devTools.send("Emulation.setUserAgentOverride", {
      userAgent:
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
      userAgentMetadata: {
        brands: [
          { brand: "Not_A Brand", version: "99" },
          { brand: "Chromium", version: "142" },
          { brand: "Brave", version: "142" },
        ],
        platform: "Windows",
        platformVersion: "15.0.0",
        architecture: "x86",
        model: "",
        mobile: false,
      },
    });
    const address = shop.address();
    if (typeof address !== "object" || address === null) throw new Error("no address");
    await page.goto(`http://127.0.0.1:${address.port}/`);
    const told = (): Promise<unknown[]> =>
      sql(
        collector,
        "SELECT name, browser, browser_version, os, os_version, device, bot FROM events",
      );
    await expect.poll(told, { timeout: 20_000 }).toEqual([
      {
        name: "page_view",
        browser: "Brave",
        browser_version: "142",
        os: "Windows",
        os_version: "11",
        device: "desktop",
        bot: false,
      },
    ]);
  } finally {
    await browser.close();
  }
});

test("a bot that says so is kept and flagged, and left out of questions", async () => {
  const crawler =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/142.0.0.0 Safari/537.36";
  const library = "okhttp/4.12.0";
  const feedback = {
    surveyId: "s",
    kind: "relational",
    responseId: randomUUID(),
    questionId: "q",
    metric: "nps",
    score: 0,
  } as const;
  for (const userAgent of [crawler, library]) {
    const events = [
      makeEvent({ name: "from_all" }),
      makeEvent({ name: "survey_answered", feedback }),
    ];
    const response = await fetch(`${collector.url}/v1/batch?k=${collector.keys.writeKey}`, {
      method: "POST",
      headers: { "user-agent": userAgent, "sec-ch-ua": '"Chromium";v="142"' },
      body: JSON.stringify({ events }),
    });
    expect(await response.json()).toEqual({ accepted: 2, rejected: [] });
  }
  const flags = (table: string): Promise<unknown[]> =>
    sql(collector, `SELECT bot, toString(count()) AS n FROM ${table} GROUP BY bot ORDER BY bot`);
  const each = [
    { bot: false, n: "1" },
    { bot: true, n: "1" },
  ];
  for (const rows of ["events WHERE name = 'from_all'", "feedback"]) {
    await expect.poll(() => flags(rows), { timeout: 20_000 }).toEqual(each);
  }
  const rows = await askFunnel(collector, { steps: ["from_all"] });
  expect(peopleOf(rows)).toEqual([1]);
});

/** A plan from the command line to the page of one customer in two browsers, over a real collector. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tag } from "@balise/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageServer } from "../packages/sdk/dist/tsc/testing/collector-server.js";
import { modules } from "../packages/sdk/dist/tsc/testing/survey-page.js";
import { sql } from "./support/ask.js";
import { launchChromium } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";
import { balise as runBalise } from "./support/run.js";

declare global {
  // The page's own global.
  var tag: Tag;
}

const DIST = fileURLToPath(new URL("../packages/sdk/dist", import.meta.url));
const PATIENT = { timeout: 20_000 };

const folder = makeFolder();
let collector: Collector;
let browser: Browser;
let site: Awaited<ReturnType<typeof pageServer>>;

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
  const options = JSON.stringify({ key: collector.keys.writeKey, host: collector.url });
  site = await pageServer(
    {
      "/": `<!doctype html><html lang="en"><title>Page</title><script type="module" src="/main.js"></script>`,
      "/main.js": `
        import { createTag } from "/sdk/index.js";
        import { surveys } from "/sdk/surveys.js";
        globalThis.tag = surveys(createTag(${options}), ${options});`,
      ...(await modules(DIST)),
    },
    {},
  );
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

const plan = {
  surveys: [
    {
      id: "paid",
      version: 1,
      kind: "transactional",
      objective: "Decide whether payment is explained",
      touchpoint: "payment",
      placement: "popover",
      questions: [{ id: "score", metric: "csat", max: 5 }],
      texts: { en: { questions: { score: { ask: "How was the payment?" } } } },
      triggers: [{ event: "order_paid", outcome: "success" }],
    },
  ],
  suppressedShare: 1,
};

/** What a team types. */
function balise(...args: string[]) {
  const file = join(folder.path, "plan.json");
  const { url, keys } = collector;
  const command = ["surveys", ...args, file, "--url", url, "--key", keys.secretKey];
  return runBalise(command, {}, folder.path);
}

/** A browser profile of its own, in which the customer has logged in and paid. */
async function pay(userId: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const configured = page.waitForResponse((response) => response.url().includes("/v1/config"));
  await page.goto(site.url);
  await configured;
  await page.evaluate((user) => {
    globalThis.tag.identify(user);
    globalThis.tag.track("order_paid", {}, { outcome: "success" });
  }, userId);
  return page;
}

test("a wrong plan is told with its place, a right one holds, and is linted", async () => {
  const file = join(folder.path, "plan.json");
  writeFileSync(file, JSON.stringify({ surveys: [{ ...plan.surveys[0], version: "one" }] }));
  const wrong = await balise("push");
  expect([wrong.code, wrong.stderr]).toEqual([
    1,
    expect.stringContaining('surveys[0].version ("paid")'),
  ]);
  writeFileSync(file, JSON.stringify(plan));
  const pushed = await balise("push");
  expect([pushed.code, pushed.stderr, pushed.stdout]).toEqual([
    0,
    expect.stringContaining("revision 1"),
    expect.stringContaining("nothing to say"),
  ]);
  writeFileSync(file, JSON.stringify({ surveys: [{ ...plan.surveys[0], objective: undefined }] }));
  const linted = await balise("lint");
  expect([linted.code, linted.stdout]).toEqual([
    2,
    expect.stringContaining("paid: it states no objective"),
  ]);
});

test("what a customer was asked in one browser, another one does not ask; a stranger is asked", async () => {
  // The collector reads the plan anew after ten seconds.
  await expect
    .poll(async () => {
      const answer = await fetch(`${collector.url}/v1/config?k=${collector.keys.writeKey}`);
      return (await answer.json()).surveys.length;
    }, PATIENT)
    .toBe(1);
  const laptop = await pay("ada");
  await expect.poll(() => laptop.locator("balise-survey").count(), PATIENT).toBe(1);
  const count = (name: string, user: string): Promise<unknown> =>
    sql(
      collector,
      `SELECT uniqExact(id) AS n, any(properties.reason::String) AS reason FROM events WHERE name = '${name}' AND user_id = '${user}'`,
    );
  await expect.poll(() => count("survey_shown", "ada"), PATIENT).toMatchObject([{ n: 1 }]);
  const phone = await pay("ada");
  await expect
    .poll(() => count("survey_suppressed", "ada"), PATIENT)
    .toMatchObject([{ n: 1, reason: "quiet_period" }]);
  expect(await phone.locator("balise-survey").count()).toBe(0);
  const stranger = await pay("bob");
  await expect.poll(() => stranger.locator("balise-survey").count(), PATIENT).toBe(1);
  expect(collector.stderr() + collector.stdout()).not.toMatch(/\bada\b/);
});

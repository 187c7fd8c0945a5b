import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveShop } from "../examples/shop/server.mjs";
import { askFunnel, type FunnelRow, peopleOf, sql } from "./support/ask.js";
import { Complaints, launchChromium, openVisitor } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";
import { balise } from "./support/run.js";
import { takeScreenshot } from "./support/screenshot.js";
import { STEPS, visitorsOf } from "./support/visitors.js";

/** See the comments of `visitorsOf`. */
const PEOPLE = [9, 8, 7, 5, 4, 3];

const folder = makeFolder();
const shopComplaints = new Complaints();
let collector: Collector;
let browser: Browser;
let shop: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  // A few visitors are all there are.
  const settings = { BALISE_MIN_GROUP: "1" };
  [collector, browser] = await Promise.all([
    startCollector(folder.path, settings),
    launchChromium(),
  ]);
  shop = await serveShop({ host: collector.url, key: collector.keys.writeKey });
  const visitors = visitorsOf(browser, shopComplaints, shop.url);
  await Promise.all(Object.values(visitors).map((go) => go()));
}, 90_000);

afterAll(async () => {
  if (process.env["BALISE_SCREENSHOT"] === "1") await takeScreenshot(browser);
  await browser?.close();
  await shop?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 120_000);

async function openConsole(
  hash: string,
  options = {},
): Promise<{ page: Page; complaints: Complaints }> {
  const complaints = new Complaints();
  const viewport = { width: 1440, height: 900 };
  const page = await openVisitor(browser, complaints, { viewport, ...options });
  await page.goto(`${collector.url}/${hash}`);
  await page.getByTestId("key-input").fill(collector.keys.readKey);
  await page.getByTestId("key-submit").click();
  return { page, complaints };
}

async function peopleOnPage(page: Page): Promise<number[]> {
  const people: number[] = [];
  for (const step of STEPS.keys()) {
    const element = page.getByTestId(`funnel-step-${step + 1}`);
    await element.waitFor();
    people.push(Number(await element.getAttribute("data-people")));
  }
  return people;
}

test("over HTTP, each visitor is counted up to the step that they reached", async () => {
  await expect
    .poll(() => askFunnel(collector, { steps: STEPS }).then(peopleOf), { timeout: 20_000 })
    .toEqual(PEOPLE);
});

test("every event of the shop is stored, each under one id", async () => {
  const rows = await sql<{ name: string; n: string }>(
    collector,
    "SELECT name, toString(uniqExact(id)) AS n FROM events WHERE name != 'page_view' GROUP BY name ORDER BY name",
  );
  expect(Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]))).toEqual({
    cart_added: 8,
    delivery_chosen: 5,
    identify: 3,
    login: 3,
    order_completed: 3,
    payment_submitted: 4,
    product_viewed: 9,
  });
});

test("by session, the person with two devices counts twice", async () => {
  const rows = await askFunnel(collector, { steps: STEPS, by: "session" });
  expect(peopleOf(rows)).toEqual([10, 9, 8, 5, 4, 3]);
});

test("by device, the person with two devices counts where they came in first", async () => {
  const rows = await askFunnel(collector, { steps: STEPS, breakdown: "device" });
  const of = (group: string) => peopleOf(rows.filter((row) => row.group === group));
  expect([...new Set(rows.map((row) => row.group))]).toEqual(["desktop", "mobile"]);
  expect(of("desktop")).toEqual([8, 7, 6, 4, 4, 3]);
  expect(of("mobile")).toEqual([1, 1, 1, 1, 0, 0]);
});

test("SQL with the read key, the command line and HTTP give the same rows", async () => {
  const http = await askFunnel(collector, { steps: STEPS });
  const names = STEPS.map((step) => `'${step}'`).join(", ");
  const rows = await sql<Record<keyof FunnelRow, unknown>>(
    collector,
    `SELECT * FROM funnel(steps = [${names}], window = 604800)`,
  );
  // ClickHouse writes 64-bit integers as strings.
  const plain = rows.map((row) => ({ ...row, people: Number(row.people), step: Number(row.step) }));
  expect(plain).toEqual(http);
  const command = await balise(
    ["funnel", ...STEPS, "--window", "7d", "--json", "--url", collector.url],
    { BALISE_READ_KEY: collector.keys.readKey },
    folder.path,
  );
  expect(command).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(command.stdout)).toEqual(http);
});

test("the console shows the same numbers, by person, by session and by device", async () => {
  const { page, complaints } = await openConsole("");
  expect(await peopleOnPage(page)).toEqual(PEOPLE);
  await page.getByLabel("Counted by").selectOption("session");
  await expect.poll(() => peopleOnPage(page)).toEqual([10, 9, 8, 5, 4, 3]);
  await page.getByLabel("Counted by").selectOption("person");
  await page.getByLabel("Broken down by").selectOption("device");
  const cells = page.locator('[data-testid=funnel-cell][data-group="mobile"]');
  await cells.first().waitFor();
  const people = await cells.evaluateAll((all) =>
    all.map((cell) => Number(cell.getAttribute("data-people"))),
  );
  expect(people).toEqual([1, 1, 1, 1, 0, 0]);
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("the SQL that the console copies gives the console's numbers in any client", async () => {
  const { page, complaints } = await openConsole("");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  expect(await peopleOnPage(page)).toEqual(PEOPLE);
  await page.getByTestId("copy-sql").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const rows = await sql<FunnelRow>(collector, copied);
  expect(peopleOf(rows).map(Number)).toEqual(PEOPLE);
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("the live page shows the events, newest first", async () => {
  const { page, complaints } = await openConsole("#/live");
  const rows = page.getByTestId("live-row");
  await rows.first().waitFor();
  const shown = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-id")));
  const stored = await sql<{ id: string }>(
    collector,
    "SELECT id FROM events ORDER BY received_at DESC, occurred_at DESC, id LIMIT 1 BY id LIMIT 50",
  );
  expect(shown).toEqual(stored.map(({ id }) => id));
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("the console speaks French to a French browser, with the same numbers", async () => {
  const { page, complaints } = await openConsole("", { locale: "fr-FR" });
  expect(await peopleOnPage(page)).toEqual(PEOPLE);
  expect(await page.locator("html").getAttribute("lang")).toBe("fr");
  expect(await page.getByTestId("nav-funnel").textContent()).toBe("Parcours");
  expect(await page.getByTestId("funnel-step-6").textContent()).toContain("33,3");
  expect(complaints.list).toEqual([]);
  await page.context().close();
});

test("no page of the shop met an error or a violation of its policy", () => {
  expect(shopComplaints.list).toEqual([]);
});

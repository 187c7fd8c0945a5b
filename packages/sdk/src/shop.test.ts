import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, type Built, PACKAGE } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { collectorServer } from "./testing/collector-server.js";

let built: Built;
let browser: Browser;
let collector: Awaited<ReturnType<typeof collectorServer>>;
let shop: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  built = await build();
  collector = await collectorServer(await readFile(join(built.dist, "balise.js")));
  const { serveShop } = await import(join(PACKAGE, "../../examples/shop/server.mjs"));
  shop = await serveShop({ host: collector.url, key: "wk" });
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await collector?.close();
  await built?.remove();
});

async function visit() {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(shop.url);
  return { page, errors, close: () => context.close() };
}

const click = (page: Page, ...ids: string[]) =>
  ids.reduce((before, id) => before.then(() => page.getByTestId(id).click()), Promise.resolve());

/** Each event once, in the order of its ids, which is the order of their making. */
function events() {
  const byId = new Map(collector.accepted.map((event) => [event.id, event]));
  const found = [...byId.values()];
  found.sort((a, b) => (a.id < b.id ? -1 : 1));
  return found;
}

test("a visitor buys a lamp and looks at it in the connected area", async () => {
  const { page, errors, close } = await visit();
  await click(page, "product-galet", "add-to-cart", "go-to-cart", "to-delivery");
  await click(page, "delivery-express", "to-payment");
  await page.getByTestId("card-name").fill("Ada");
  await page.getByTestId("card-number").fill("4000 0000 0000 0002");
  await click(page, "pay");
  await page.getByTestId("refused").waitFor();
  await page.getByTestId("card-name").fill("Ada");
  await page.getByTestId("card-number").fill("4242 4242 4242 4242");
  await click(page, "pay");
  await page.getByTestId("thanks").waitFor();
  await page.reload();
  await click(page, "login-link");
  await page.getByTestId("email").fill("ada@example.com");
  await page.getByTestId("password").fill("demo");
  await click(page, "login", "tab-orders", "tab-contract", "add-spare", "logout");
  await page.getByTestId("login-link").waitFor();

  const names = () => events().map((event) => event.name);
  await expect.poll(names, { timeout: 10_000 }).toContain("logout");
  await expect.poll(() => names().filter((name) => name === "page_view").length).toBe(12);
  const own = events().filter((event) => event.name !== "page_view");
  expect(own.map((event) => event.name)).toEqual([
    "product_viewed",
    "cart_added",
    "delivery_chosen",
    "payment_submitted",
    "payment_submitted",
    "order_completed",
    "identify",
    "login",
    "contract_option_added",
    "logout",
  ]);
  expect(own.filter((e) => e.name === "payment_submitted").map((e) => e.outcome)).toEqual([
    "failure",
    "success",
  ]);
  expect(own.find((e) => e.name === "order_completed")).toMatchObject({
    value: 61,
    currency: "EUR",
    properties: { items: 1, delivery: "express" },
  });
  const contract = own.find((e) => e.name === "contract_option_added");
  expect(contract).toMatchObject({ area: "connected", userId: expect.stringMatching(/^C-\d+$/) });
  expect(contract?.page).toMatchObject({
    url: `${shop.url}/account/contract`,
    referrer: `${shop.url}/account/orders`,
    title: expect.stringMatching(/My contract/),
  });
  expect(new Set(own.map((event) => event.anonymousId)).size).toBe(1);
  // What a page sends while it is left has no answer, so the next page sends it again: once.
  expect(collector.accepted.length).toBeLessThanOrEqual(events().length * 3);
  expect(JSON.stringify(collector.accepted)).not.toContain("ada@");
  expect(errors).toEqual([]);
  await close();
});

test("the shop speaks French and fits a small screen on every page", async () => {
  const { page, errors, close } = await visit();
  await click(page, "lang");
  expect(await page.locator("h1").textContent()).toBe("Des lampes faites pour être réparées");
  await click(page, "product-canopee", "add-to-cart");
  for (const path of [
    "/",
    "/product.html?id=heron",
    "/cart.html",
    "/delivery.html",
    "/payment.html",
    "/login.html",
  ]) {
    await page.goto(shop.url + path);
    await page.locator("h1").waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  }
  expect(errors).toEqual([]);
  await close();
});

test.each([
  ["/../server.mjs", 404],
  ["/..%2f..%2fserver.mjs", 404],
  ["/js/%2e%2e/%2e%2e/server.mjs", 404],
  ["/..%5cserver.mjs", 400],
  ["/%00", 400],
  ["/%", 400],
])("nothing outside the public folder is served: %s", async (path, status) => {
  // `fetch` would tidy the path up before it leaves.
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    request(shop.url, { path }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(answer).toBe(status);
});

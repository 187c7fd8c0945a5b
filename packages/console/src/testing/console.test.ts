import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FunnelRow } from "../api/types.js";
import { funnelCsv } from "../export/funnel-csv.js";
import { emptyFunnel } from "../state/funnel-state.js";
import { toParameters } from "../state/parameters.js";
import { answerFunnel } from "./answer-funnel.js";
import { buildInto } from "./build.js";
import { startFakeCollector, type FakeCollector } from "./fake-collector.js";
import { createShop, type Visitor } from "./shop.js";

const STEPS = [
  "page_view",
  "product_viewed",
  "cart_added",
  "delivery_chosen",
  "payment_submitted",
  "order_completed",
];
/** Runs in the page before anything else: what the policy stopped. */
const WATCH = `globalThis.stopped = [];
addEventListener("securitypolicyviolation", (event) =>
  stopped.push(event.violatedDirective + " " + event.blockedURI));`;

let directory: string;
let browser: Browser;
let shop: Visitor[];
let collector: FakeCollector;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "balise-console-"));
  await buildInto(directory);
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  shop = createShop(Date.now(), 2000);
  collector = await startFakeCollector({ directory, shop, basePath: "/balise" });
  complaints = [];
});
afterEach(async () => {
  const stopped = await page.evaluate("globalThis.stopped");
  await page.context().close();
  await collector.close();
  expect(stopped).toEqual([]);
  expect(complaints).toEqual([]);
});

async function visit(options: BrowserContextOptions = {}, hash = ""): Promise<void> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  await context.addInitScript(WATCH);
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Chromium reports every HTTP failure there, also the ones that a test makes.
    const network = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !network) complaints.push(message.text());
  });
  await page.goto(collector.url + hash);
}

async function signIn(options: BrowserContextOptions = {}, hash = ""): Promise<void> {
  await visit(options, hash);
  await page.getByTestId("key-input").fill(collector.readKey);
  await page.getByTestId("key-submit").click();
  await page.locator("main.page").waitFor();
}

const expected = (edit: Partial<Parameters<typeof toParameters>[0]> = {}): FunnelRow[] => {
  const steps = STEPS.map((name) => ({ events: [name], where: [] }));
  const parameters = toParameters({ ...emptyFunnel(), steps, ...edit }, Date.now());
  if (parameters === null) throw new Error("the funnel of the test has too few steps");
  return answerFunnel(shop, parameters);
};
const focused = (): Promise<string> =>
  page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
  );
const overflow = (): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

describe("the key gate", () => {
  it("refuses a wrong key in words and keeps the focus in the field", async () => {
    await visit();
    await page.getByTestId("key-input").fill("wrong");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByTestId("key-error").textContent()).toContain("does not know");
    expect(await page.evaluate("document.activeElement.type")).toBe("password");
    expect(await page.evaluate("sessionStorage.length + localStorage.length")).toBe(0);
  });

  it("keeps the key in the tab, never in the address, and forgets it at sign-out", async () => {
    await signIn();
    await page.getByTestId("funnel-step-1").waitFor();
    expect(page.url()).not.toContain(collector.readKey);
    expect(await page.evaluate("localStorage.length")).toBe(0);
    await page.reload();
    await page.getByTestId("funnel-step-1").waitFor();
    await page.getByTestId("sign-out").click();
    await page.getByTestId("key-input").waitFor();
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
  });

  it("remembers the key on the device when asked", async () => {
    await visit();
    await page.getByTestId("key-input").fill(collector.readKey);
    await page.getByTestId("key-remember").check();
    await page.getByTestId("key-submit").click();
    await page.getByTestId("funnel-step-1").waitFor();
    const other = await page.context().newPage();
    await other.goto(collector.url);
    await other.getByTestId("funnel-step-1").waitFor();
  });

  it("comes back when the collector no longer accepts the key", async () => {
    await signIn();
    await page.getByTestId("funnel-step-1").waitFor();
    collector.fail("funnel", { status: 401 });
    await page.getByTestId("builder-edit").waitFor({ state: "attached" });
    await page.getByLabel("Counted by").selectOption("session");
    await expect.poll(() => page.getByTestId("key-error").textContent()).toContain("no longer");
  });
});

describe("the funnel", () => {
  it("opens with the usual steps and shows exactly the collector's numbers", async () => {
    await signIn();
    const rows = expected();
    for (const row of rows) {
      const step = page.getByTestId(`funnel-step-${row.step}`);
      await step.waitFor();
      expect(await step.getAttribute("data-people")).toBe(String(row.people));
      expect(await step.getAttribute("data-share")).toBe(String(row.shareOfFirst));
      expect(await step.textContent()).toContain(row.people.toLocaleString("en-GB"));
      expect(await step.textContent()).toContain(row.name);
    }
    expect(await page.getByTestId("result").textContent()).toContain("Wilson");
  });

  it("shows the same numbers as a table", async () => {
    await signIn();
    await page.getByRole("button", { name: "Table" }).click();
    const table = page.getByTestId("funnel-table");
    await table.waitFor();
    const people = await table
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-people"))));
    expect(people).toEqual(expected().map((row) => row.people));
    expect(page.url()).toContain("view=table");
  });

  it("is broken down by device, and shows mobile dropping at the payment", async () => {
    await signIn();
    await page.getByLabel("Broken down by").selectOption("device");
    await page.locator('[data-testid=funnel-cell][data-group="tablet"]').first().waitFor();
    for (const row of expected({ breakdown: "device" })) {
      const cell = page.locator(
        `[data-testid=funnel-cell][data-group="${row.group}"][data-step="${row.step}"]`,
      );
      expect(await cell.getAttribute("data-people")).toBe(String(row.people));
    }
    const share = async (group: string): Promise<number> =>
      Number(
        await page
          .locator(`[data-testid=funnel-cell][data-group="${group}"][data-step="5"]`)
          .getAttribute("data-share"),
      );
    expect(await share("mobile")).toBeLessThan((await share("desktop")) * 0.6);
  });

  it("opens from a link in the state that was shared", async () => {
    const hash =
      "#/funnel?s=product_viewed&or=reviews_read&s=order_completed&if=%3D%3Aplan%3Aplus&last=7d&window=3600";
    await signIn({}, hash);
    await page.getByTestId("funnel-step-2").waitFor();
    expect(collector.asked.findLast(({ name }) => name === "funnel")?.parameters).toMatchObject({
      steps: [
        ["product_viewed", "reviews_read"],
        { event: "order_completed", where: [{ property: "plan", op: "=", value: "plus" }] },
      ],
      windowSeconds: 3600,
    });
    expect(page.url()).toContain(hash);
  });

  it("is built with the keyboard alone", async () => {
    await signIn({}, "#/funnel?s=page_view&s=order_completed");
    await page.getByTestId("funnel-step-2").waitFor();
    await page.reload();
    await page.getByTestId("funnel-step-2").waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    for (let presses = 0; (await focused()) !== "Add a step"; presses++) {
      expect(presses).toBeLessThan(20);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Event of step 3");
    await page.keyboard.type("cart");
    await page.keyboard.press("Enter");
    await page.getByTestId("funnel-step-3").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Move step 3 up");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Move step 2 up");
    await expect
      .poll(() => page.getByTestId("funnel-step-2").textContent())
      .toContain("cart_added");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect.poll(() => page.getByTestId("funnel-step-3").count()).toBe(0);
    expect(await focused()).toBe("Remove step 2");
    await page.goBack();
    await page.getByTestId("funnel-step-3").waitFor();
  });

  it("is saved as a CSV file of the same rows", async () => {
    await signIn();
    const download = page.waitForEvent("download");
    await page.getByTestId("csv").click();
    const path = await (await download).path();
    expect(await readFile(path, "utf8")).toBe(funnelCsv(expected()));
  });

  it("gives its SQL with the parameters", async () => {
    await signIn({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByTestId("copy-sql").click();
    await expect.poll(() => page.getByTestId("copy-notice").textContent()).toBe("Copied.");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
      "SET param_window = '604800';\nSET param_site = 'shop';\nSELECT * FROM funnel(window = {window:UInt32})",
    );
  });

  it("says that the collector asks for a pause, and counts by itself after it", async () => {
    collector.fail("funnel", { status: 503, retryAfter: 1 });
    await signIn();
    await expect
      .poll(() => page.getByRole("alert").textContent())
      .toContain("The collector asks for a pause. Next try in 1s.");
    collector.fail("funnel", null);
    await page.getByTestId("funnel-step-6").waitFor();
  });

  it("says what to do when nobody did the first step", async () => {
    await signIn({}, "#/funnel?s=never_sent&s=order_completed");
    await expect
      .poll(() => page.getByTestId("result").textContent())
      .toContain("Choose a longer period, another first step, or fewer conditions.");
  });
});

describe("the live page", () => {
  it("shows new events as they arrive, marks bots, and opens the details", async () => {
    await signIn({}, "#/live");
    const rows = page.getByTestId("live-row");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    shop.push({
      ...(shop[0] as Visitor),
      id: "customer-new",
      events: [{ name: "quote_asked", time: Date.now(), properties: { plan: "<b>plus</b>" } }],
    });
    await expect
      .poll(() => rows.first().getAttribute("data-name"), { timeout: 8000 })
      .toBe("quote_asked");
    expect(await rows.count()).toBe(51);
    await rows.first().getByRole("button").click();
    expect(await rows.first().locator("pre").textContent()).toContain("<b>plus</b>");
    await page.getByLabel("Filter").fill("customer-new");
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toContain("find=customer-new");
  });

  it("asks nothing while it is paused", async () => {
    await signIn({}, "#/live");
    await page.getByTestId("live-row").first().waitFor();
    await page.getByTestId("live-pause").click();
    const polls = (): number => collector.asked.filter(({ name }) => name === "live_events").length;
    const before = polls();
    await page.waitForTimeout(3000);
    expect(polls()).toBe(before);
    await page.getByTestId("live-pause").click();
    await expect.poll(polls).toBeGreaterThan(before);
  });

  it("says that it reconnects when the collector goes away, and goes on when it is back", async () => {
    await signIn({}, "#/live");
    await page.getByTestId("live-row").first().waitFor();
    collector.fail("live_events", { status: 503, retryAfter: 1 });
    const status = page.getByTestId("live-status");
    await expect.poll(() => status.textContent(), { timeout: 8000 }).toBe("Reconnecting");
    expect(await page.getByTestId("live-row").count()).toBeGreaterThan(0);
    collector.fail("live_events", null);
    await expect.poll(() => status.textContent(), { timeout: 8000 }).toBe("Listening");
  });
});

describe("every page", () => {
  const PLACES = [
    "#/funnel",
    `#/funnel?${STEPS.map((name) => `s=${name}`).join("&")}&view=table`,
    `#/funnel?${STEPS.map((name) => `s=${name}`).join("&")}&breakdown=device`,
    "#/live",
  ];

  it.each(["en-GB", "fr-FR"])(
    "fits into 360 px in %s, with targets of at least 24 px",
    async (locale) => {
      await visit({ locale, viewport: { width: 360, height: 740 } });
      expect(await overflow()).toBe(0);
      await page.getByTestId("key-input").fill(collector.readKey);
      await page.getByTestId("key-submit").click();
      for (const place of PLACES) {
        await page.goto(collector.url + place);
        await page.locator("[data-people], [data-testid=live-row]").first().waitFor();
        const edit = page.getByTestId("builder-edit");
        if ((await edit.count()) > 0) await edit.click();
        expect(await overflow(), place).toBe(0);
        const small = await page
          .locator("button, a, select, input:not([type=checkbox]), summary, label.check")
          .evaluateAll((elements) =>
            elements
              .filter((element) => element.getClientRects().length > 0)
              .filter((element) => {
                const { width, height } = element.getBoundingClientRect();
                return width < 24 || height < 24;
              })
              .map((element) => element.outerHTML),
          );
        expect(small, place).toEqual([]);
      }
    },
  );

  it("speaks the browser's language, then the one that was chosen", async () => {
    await signIn({ locale: "fr-FR" });
    await page.getByTestId("funnel-step-6").waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("fr");
    expect(await page.title()).toBe("Parcours · Balise");
    const text = (await page.getByTestId("result").textContent()) ?? "";
    expect(text).toContain("Plus grande perte");
    expect(text).toMatch(/\d,\d\s%/);
    await page.getByTestId("language").click();
    await page.reload();
    await page.getByTestId("funnel-step-6").waitFor();
    expect(await page.title()).toBe("Funnel · Balise");
  });

  it("gives every control a name", async () => {
    await signIn();
    for (const place of PLACES) {
      await page.goto(collector.url + place);
      await page.locator("[data-people], [data-testid=live-row]").first().waitFor();
      const nameless = await page.locator("body").ariaSnapshot();
      expect(nameless).not.toMatch(/- (button|link|textbox|combobox|searchbox|checkbox)(:| *$)/m);
    }
  });
});

it("weighs less than 40 KB compressed", async () => {
  await visit();
  const files = ["app.js", "app.css", "index.html", "icon.svg"];
  const sizes = await Promise.all(
    files.map(async (name) => gzipSync(await readFile(join(directory, name)), { level: 9 }).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40 * 1024);
  expect((await stat(join(directory, "index.html"))).size).toBeGreaterThan(0);
});

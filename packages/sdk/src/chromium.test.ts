import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { collectorServer, pageServer } from "./testing/collector-server.js";

let built: Built;
let browser: Browser;
let stub: string;
let script: Buffer;
beforeAll(async () => {
  built = await build();
  stub = await readFile(join(built.dist, "stub.js"), "utf8");
  script = await readFile(join(built.dist, "balise.js"));
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

let collector: Awaited<ReturnType<typeof collectorServer>>;
let site: Awaited<ReturnType<typeof pageServer>>;
let page: Page;
let errors: string[];

beforeEach(async () => {
  collector = await collectorServer(script);
  const tag = `<script async src="${collector.url}/v1/balise.js" data-key="wk"></script>`;
  site = await pageServer(
    {
      "/": `<!doctype html><title>Home</title><script src="/stub.js"></script><script src="/early.js"></script>${tag}<a href="/next">next</a>`,
      "/next": "<!doctype html><title>Next</title>no tag here",
      "/stub.js": stub,
      "/early.js": 'balise.track("early", { at: Date.now() });',
    },
    {
      "content-security-policy": `default-src 'none'; script-src 'self' ${collector.url}; connect-src ${collector.url}; require-trusted-types-for 'script'`,
    },
  );
  const context = await browser.newContext();
  page = await context.newPage();
  errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) {
      errors.push(message.text());
    }
  });
});
afterEach(async () => {
  await page.context().close();
  await site.close();
  await collector.close();
});

type Balise = { track(name: string, properties?: object): void; q?: unknown };
declare global {
  // The page's own global.
  var balise: Balise;
}

async function open(at: Page = page): Promise<Page> {
  await at.goto(site.url);
  await at.waitForFunction(() => globalThis.balise && !globalThis.balise.q);
  return at;
}

function track(at: Page, names: string[], bytes = 0): Promise<void> {
  return at.evaluate(
    ([names, bytes]) => {
      for (const name of names) globalThis.balise.track(name, { pad: "x".repeat(bytes) });
    },
    [names, bytes] as const,
  );
}

const some = (count: number) => Array.from({ length: count }, (_, n) => `event ${n}`);

/** Waits until all of these have arrived, and gives how many ids they came under. */
async function arrived(names: string[]): Promise<number> {
  const all = new Set([...names, "early", "page_view"]);
  await expect
    .poll(() => new Set(collector.accepted.map((event) => event.name)), { timeout: 15_000 })
    .toEqual(all);
  expect(errors).toEqual([]);
  const ofThem = collector.accepted.filter((event) => names.includes(event.name));
  return new Set(ofThem.map((event) => event.id)).size;
}

test("a first visit under a strict CSP: the early call with its own time, and one page view", async () => {
  await open();
  await arrived([]);
  const [early] = collector.named("early");
  expect(Math.abs((early?.occurredAt ?? 0) - Number(early?.properties?.["at"]))).toBeLessThan(50);
  expect(new Set(collector.named("page_view").map((event) => event.id)).size).toBe(1);
  expect(collector.named("page_view")[0]?.page).toMatchObject({ title: "Home" });
  expect(collector.paths.filter((path) => path.startsWith("OPTIONS"))).toEqual([]);
});

test("events tracked right before a navigation arrive", async () => {
  await open();
  await page.evaluate(() => {
    for (let n = 0; n < 5; n++) globalThis.balise.track(`event ${n}`);
    location.href = "/next";
  });
  expect(await arrived(some(5))).toBe(5);
});

test("thirty events of 3 KB arrive although the page is left at once", async () => {
  await open();
  await page.evaluate(() => {
    for (let n = 0; n < 30; n++) globalThis.balise.track(`event ${n}`, { pad: "x".repeat(3000) });
    location.href = "/next";
  });
  expect(await arrived(some(30))).toBe(30);
});

test("events arrive when the tab closes right after them", async () => {
  await open();
  await track(page, some(5));
  await page.close({ runBeforeUnload: false });
  expect(await arrived(some(5))).toBe(5);
});

test("with the collector down the visitor leaves; on the next visit all arrives", async () => {
  await open();
  await arrived([]);
  collector.state.status = 0;
  await track(page, some(5));
  await page.goto(`${site.url}/next`);
  expect(collector.named("event 0")).toEqual([]);
  collector.state.status = 202;
  await open();
  expect(await arrived(some(5))).toBe(5);
});

test("a collector that answers 503 gets everything once it is well", async () => {
  collector.state.status = 503;
  await open();
  await track(page, some(5));
  await page.waitForTimeout(2500);
  expect(collector.accepted).toEqual([]);
  collector.state.status = 202;
  expect(await arrived(some(5))).toBe(5);
});

test("two tabs wake on one stored queue: it arrives, and is sent once", async () => {
  await open();
  await arrived([]);
  const posts = () => collector.paths.filter((path) => path.startsWith("POST")).length;
  const before = posts();
  collector.state.status = 503;
  await track(page, some(5));
  await page.goto(`${site.url}/next`);
  // The page's last request must have been refused before the next ones are taken.
  await expect.poll(posts, { timeout: 20_000 }).toBeGreaterThan(before);
  await page.waitForTimeout(500);
  collector.state.status = 202;
  const other = await page.context().newPage();
  await Promise.all([open(page), open(other)]);
  expect(await arrived(some(5))).toBe(5);
  await page.waitForTimeout(1500);
  expect(collector.named("event 0")).toHaveLength(1);
});

test("the queue of a living tab is not another tab's to send", async () => {
  await open();
  await arrived([]);
  await page.route(`${collector.url}/v1/batch`, (route) => route.abort());
  await track(page, some(3));
  const other = await open(await page.context().newPage());
  await other.waitForTimeout(4000);
  expect(collector.named("event 0")).toEqual([]);
  await page.close();
  await expect.poll(() => other.evaluate(() => document.visibilityState)).toBe("visible");
  await other.evaluate(() => dispatchEvent(new Event("online")));
  expect(await arrived(some(3))).toBe(3);
});

test("a click on a link is neither delayed nor stopped", async () => {
  collector.state.delay = 3000;
  await open();
  const start = Date.now();
  await page.evaluate(() => {
    document.querySelector("a")?.addEventListener("click", () => globalThis.balise.track("click"));
  });
  await page.click("a");
  await page.waitForURL(`${site.url}/next`);
  expect(Date.now() - start).toBeLessThan(1500);
  expect(await arrived(["click"])).toBe(1);
});

test("a page that comes back from the back/forward cache counts, in the same session", async () => {
  // Playwright switches that cache off.
  const cached = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const visitor = await open(await cached.newPage());
    await expect.poll(() => collector.named("page_view").length).toBe(1);
    await visitor.evaluate(() => {
      addEventListener("pageshow", (event) =>
        globalThis.balise.track("shown", { persisted: event.persisted }),
      );
      globalThis.balise.track("leaving");
      location.href = "/next";
    });
    await visitor.waitForURL(`${site.url}/next`);
    await expect.poll(() => collector.named("leaving").length).toBe(1);
    await visitor.evaluate(() => void setTimeout(() => history.back(), 0));
    await expect.poll(() => collector.named("shown").length, { timeout: 10_000 }).toBe(1);
    expect(collector.named("shown")[0]?.properties).toEqual({ persisted: true });
    expect(new Set(collector.named("page_view").map((event) => event.id)).size).toBe(2);
    expect(new Set(collector.accepted.map((event) => event.sessionId)).size).toBe(1);
  } finally {
    await cached.close();
  }
});

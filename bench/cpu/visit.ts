import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "puppeteer-core";
import { launchChromium, visitorsAgent } from "../chromium.js";
import { Proxy } from "../delivery/proxy.js";
import { markOf } from "../peers/marks.js";
import { EVENTS, type Site } from "./site.js";
import { CATEGORIES, workOf } from "./trace.js";

const THROTTLING = 4;
const CALLS = 1000;
/** Milliseconds for the events of a visit to arrive; some tags wait five seconds for more. */
const PATIENCE = 8000;
/** Milliseconds for what a tag does after the answers. */
const REST = 700;

/** One measurement of a tag; times are milliseconds unless they say something else. */
export interface Sample {
  /** Compiling, evaluating and starting the tag. */
  start: number;
  /** The first call of `track()`, right after. */
  first: number;
  /** Both: until the first event is tracked. */
  ready: number;
  /** Scripts of the whole visit. */
  script: number;
  layoutReads: number;
  longTasks: number;
  /** Different events of the visit that arrived. */
  arrived: number;
  /** Microseconds of one of a thousand calls in a row. */
  call: number;
  /** KiB of the page's heap after them, garbage collected. */
  heap: number;
}

/** What the page tells. */
interface Told {
  visit: { evaluate: number; init: number; first: number };
  track: (name: string, properties: object) => void;
}

/** What a visit with a trace tells. */
export type Visit = Omit<Sample, "call" | "heap">;

/** Visits the page of a tag twice with a new browser: once with a trace, once with many calls. */
export function sample(tag: string, site: Site, collector: string): Promise<Sample> {
  return inBrowser(tag, site, collector, async (browser, address, proxy) => {
    const traced = await visitTraced(await freshPage(browser), address, proxy, tag === "none");
    return { ...traced, ...(await manyCalls(await freshPage(browser), address)) };
  });
}

/** Visits the page of a tag with a new browser and a trace. */
export function visit(tag: string, site: Site, collector: string): Promise<Visit> {
  return inBrowser(tag, site, collector, async (browser, address, proxy) =>
    visitTraced(await freshPage(browser), address, proxy, false),
  );
}

async function inBrowser<Result>(
  tag: string,
  site: Site,
  collector: string,
  work: (browser: Browser, address: string, proxy: Proxy) => Promise<Result>,
): Promise<Result> {
  const run = randomBytes(6).toString("hex");
  const proxy = await Proxy.start(collector, run);
  const browser = await launchChromium();
  try {
    return await work(browser, site.page(tag, proxy.url, markOf(run, "")), proxy);
  } finally {
    await browser.close().catch(() => browser.process()?.kill("SIGKILL"));
    proxy.stop();
  }
}

/** A page that shares no storage, cache or process with another. */
async function freshPage(browser: Browser): Promise<[Page, CDPSession]> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setUserAgent({ userAgent: await visitorsAgent(browser) });
  const session = await page.createCDPSession();
  await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLING });
  return [page, session];
}

async function visitTraced(
  [page]: [Page, CDPSession],
  address: string,
  { arrivals }: Proxy,
  silent: boolean,
): Promise<Visit> {
  await page.tracing.start({ categories: CATEGORIES });
  await page.goto(address);
  const until = performance.now() + (silent ? PATIENCE / 4 : PATIENCE);
  while (arrivals.size < EVENTS && performance.now() < until) await sleep(50);
  await sleep(REST);
  const told = await page.evaluate(() => (globalThis as unknown as Told).visit);
  const trace = await page.tracing.stop();
  await page.browserContext().close();
  const { compile, ...work } = workOf(trace ?? new Uint8Array());
  const start = compile + told.evaluate + told.init;
  const { first } = told;
  return { start, first, ready: start + first, ...work, arrived: arrivals.size };
}

async function manyCalls(
  [page, session]: [Page, CDPSession],
  address: string,
): Promise<Pick<Sample, "call" | "heap">> {
  await page.goto(address);
  await sleep(3 * REST);
  const call = await page.evaluate((calls) => {
    const { track } = globalThis as unknown as Told;
    const start = performance.now();
    for (let number = 0; number < calls; number++) track("measured", { number, plan: "family" });
    return ((performance.now() - start) / calls) * 1000;
  }, CALLS);
  await sleep(3 * REST);
  await session.send("HeapProfiler.collectGarbage");
  const { JSHeapUsedSize = Number.NaN } = await page.metrics();
  await page.browserContext().close();
  return { call, heap: JSHeapUsedSize / 1024 };
}

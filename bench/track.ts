/**
 * What a call of `track()` costs in Chromium, against what it cannot do without: an event as text, in
 * storage, before the call returns. And the same event in IndexedDB, the other storage of pages.
 */
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.js";
import { startSite } from "./cpu/site.js";
import { bundleSource } from "./peers/bundle.js";
import { median, printMachine } from "./support.js";

/** Few enough to go in one batch: nothing is sent while they are measured. */
const CALLS = 20;
const ROUNDS = 200;

const PAGE = fileURLToPath(new URL("track/page.js", import.meta.url));

/** Medians are made of these: microseconds a call, then milliseconds until an event is stored. */
type Measured = Record<"track" | "floor" | "relaxed" | "strict", number[]>;
interface Page {
  measure: (calls: number, rounds: number) => Promise<Measured>;
}

async function measured(): Promise<Measured> {
  const build = await bundleSource(`export * from ${JSON.stringify(PAGE)};`);
  const site = await startSite(new Map([["balise", build]]));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.page("balise", "http://collect.localhost", ""));
    await page.waitForFunction(() => "measure" in globalThis);
    return await page.evaluate(
      (calls, rounds) => (globalThis as unknown as Page).measure(calls, rounds),
      CALLS,
      ROUNDS,
    );
  } finally {
    await browser.close();
    site.stop();
  }
}

const { track, floor, relaxed, strict } = await measured();
const line = (what: string, result: string): void => console.log(what.padEnd(48), result);
printMachine();
line("track(), stored when it returns", `${median(track).toFixed(1)} µs`);
line("JSON.stringify and localStorage.setItem of it", `${median(floor).toFixed(1)} µs`);
line("ratio", `${(median(track) / median(floor)).toFixed(2)} ×`);
line("IndexedDB, until it is stored", `${median(relaxed).toFixed(2)} ms`);
line("IndexedDB, until it is on disk", `${median(strict).toFixed(2)} ms`);

import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import type { Way } from "./visitor.js";

declare global {
  interface Window {
    /** What the page offers to a scenario. */
    bench?: {
      start: (url: string, key: string) => void;
      track: (mark: string, first: number, last: number, bytes: number) => void;
    };
  }
}

/** What happens within one task of the page. */
export interface Act {
  start?: boolean;
  /** Numbers of the first and the last event. */
  events?: [number, number];
  /** What each event carries beside its mark. */
  bytes?: number;
  /** Follows a link to another site. */
  leave?: boolean;
}

/** Long enough for a tag to ask for its settings and to count the page view. */
const SETTLE_MS = 2000;

export class Tab {
  constructor(
    readonly page: Page,
    readonly way: Way,
  ) {}

  /** Milliseconds by which the page's clock is wrong. */
  async load(clockError: number): Promise<void> {
    if (clockError !== 0) await this.page.evaluateOnNewDocument(moveClock, clockError);
    await this.page.goto(this.way.page);
    await this.#ready();
  }

  async #ready(): Promise<void> {
    await this.page.waitForFunction(() => window.bench !== undefined, { polling: 20 });
  }

  async act({ start = false, events, bytes = 0, leave = false }: Act): Promise<void> {
    const { collector, key, mark, elsewhere } = this.way;
    const [first, last] = events ?? [1, 0];
    const there = leave ? elsewhere : "";
    const task = { start, collector, key, mark, first, last, bytes, there };
    const work = this.page.evaluate((asked: typeof task) => {
      if (asked.start) {
        document.body.dataset["started"] = "";
        window.bench?.start(asked.collector, asked.key);
      }
      window.bench?.track(asked.mark, asked.first, asked.last, asked.bytes);
      if (asked.there) location.href = asked.there;
    }, task);
    // A page that is left may not live to say that it was done.
    await (leave ? work.catch(() => undefined) : work);
  }

  /** The tag starts, and has nothing left to do. */
  async start(): Promise<void> {
    await this.act({ start: true });
    await sleep(SETTLE_MS);
  }

  /** Another page of the same site, in the same tab. */
  async next(): Promise<void> {
    await this.page.goto(`${this.way.page}?next`);
    await this.#ready();
  }

  /** Back from another site; starts the tag where the browser did not keep the page. */
  async back(): Promise<void> {
    await this.page.evaluate(() => history.back()).catch(() => undefined);
    await sleep(500);
    await this.#ready();
    const kept = await this.page.evaluate(() => document.body.dataset["started"] !== undefined);
    if (!kept) await this.start();
  }

  /** Storage has no room for ten more characters. */
  async fillStorage(): Promise<void> {
    await this.page.evaluate(() => {
      for (let size = 1 << 20, part = 0; size >= 1; part++) {
        try {
          localStorage.setItem(`fill${part}`, "x".repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    });
  }

  async online(there: boolean): Promise<void> {
    await this.page.setOfflineMode(!there);
  }

  /** As a visitor closes it: the page hears of it. */
  async close(): Promise<void> {
    await this.page.close({ runBeforeUnload: true });
  }
}

/** Runs in the page before anything else. */
function moveClock(by: number): void {
  const Real = Date;
  class Moved extends Real {
    constructor(...given: [] | [number | string]) {
      if (given.length === 0) super(Real.now() + by);
      else super(...(given as [number]));
    }
    static override now(): number {
      return Real.now() + by;
    }
  }
  globalThis.Date = Moved as DateConstructor;
}

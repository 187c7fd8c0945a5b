import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "puppeteer-core";
import { launchChromium, visitorsAgent } from "../chromium.js";
import { writeExtension } from "./extension.js";
import { Tab } from "./tab.js";

/** What a visit is made of: the page with its tag, and where the tag sends to. */
export interface Way {
  page: string;
  elsewhere: string;
  collector: string;
  key: string;
  /** What marks of this visitor's events begin with. */
  mark: string;
}

/** A browser whose pages were killed may not close. */
const END_MS = 5000;

/** One person with one browser, whose profile outlives its process. */
export class Visitor {
  /** Milliseconds by which the clock of pages that are opened from now on is wrong. */
  clockError = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), "balise-visitor-"));
  #browser: Browser | undefined;

  constructor(readonly way: Way) {}

  get #running(): Browser {
    if (!this.#browser) throw new Error("the browser is not open");
    return this.#browser;
  }

  /** Cookies and storage are blocked, as the settings of the browser allow; before `open()`. */
  blockStorage(): void {
    const folder = join(this.#folder, "profile", "Default");
    const profile = { default_content_setting_values: { cookies: 2 } };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Preferences"), JSON.stringify({ profile }));
  }

  async open(): Promise<void> {
    const userDataDir = join(this.#folder, "profile");
    this.#browser = await launchChromium({ userDataDir, pipe: true, enableExtensions: true });
  }

  /** Adds an extension that blocks what goes to the collector; gives back what removes it. */
  async block(kinds?: readonly string[]): Promise<() => Promise<void>> {
    const { hostname } = new URL(this.way.collector);
    const browser = this.#running;
    const id = await browser.installExtension(
      writeExtension(join(this.#folder, "extension"), hostname, kinds),
    );
    return () => browser.uninstallExtension(id);
  }

  /** A new tab with the page, the tag not started. */
  async visit(): Promise<Tab> {
    const page = await this.#running.newPage();
    await page.setUserAgent({ userAgent: await visitorsAgent(this.#running) });
    const tab = new Tab(page, this.way);
    await tab.load(this.clockError);
    return tab;
  }

  /** Looks at something else: all other tabs are hidden. */
  async lookAway(): Promise<void> {
    const page = await this.#running.newPage();
    await page.bringToFront();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  /** The whole browser is gone at once. */
  async kill(): Promise<void> {
    const child = this.#running.process();
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGKILL");
    await gone;
    this.#browser = undefined;
  }

  /** The processes of its pages are gone at once; the browser lives. */
  async killPages(): Promise<void> {
    const session = await this.#running.target().createCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    for (const { type, id } of processInfo) if (type === "renderer") process.kill(id, "SIGKILL");
    // Chromium gives a new tab to a process that it does not know to be dead yet.
    await sleep(1000);
  }

  async end(): Promise<void> {
    const child = this.#browser?.process();
    await Promise.race([this.close().catch(() => undefined), sleep(END_MS)]);
    if (child?.exitCode === null) child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

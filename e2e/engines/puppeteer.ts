import puppeteer, { type Browser, type LaunchOptions, type Page } from "puppeteer-core";
import { CHROMIUM_ARGS } from "../../scripts/chromium.mjs";
import { type Engine, INSECURE_HOST, type Tab } from "./engine.js";
import { secondsOf } from "./processes.js";

/** Of the processor's seconds, of which Linux tells whole ones only. */
const STANDS_OUT = 2;

/** Chromium, over its own protocol. */
export function launchChromium(executablePath: string): Promise<Engine> {
  const args = [...CHROMIUM_ARGS, `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`];
  return launch({ executablePath, args }, /--type=renderer/);
}

/** Firefox, over WebDriver BiDi. */
export function launchFirefox(executablePath: string): Promise<Engine> {
  const extraPrefsFirefox = { "network.dns.localDomains": INSECURE_HOST };
  return launch({ browser: "firefox", executablePath, extraPrefsFirefox }, /-contentproc.* tab$/);
}

async function launch(options: LaunchOptions, pageProcess: RegExp): Promise<Engine> {
  const browser = await puppeteer.launch({ ...options, defaultViewport: null });
  return {
    newTab: async () => tabOf(await browser.newPage(), browser, pageProcess),
    close: () => browser.close(),
  };
}

function tabOf(page: Page, browser: Browser, pageProcess: RegExp): Tab {
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: <Args extends unknown[], Result>(run: (...args: Args) => Result, ...args: Args) =>
      // As text: puppeteer's types unwrap handles, of which there are none here.
      page.evaluate(callOf(run, args)) as Promise<Awaited<Result>>,
    screenshot: () => page.screenshot({ encoding: "base64" }),
    async crash() {
      process.kill(await processOf(page, browser, pageProcess), "SIGKILL");
    },
    close: () => page.close({ runBeforeUnload: false }),
  };
}

function callOf(run: (...args: never[]) => unknown, args: unknown[]): string {
  return `(${String(run)})(...${JSON.stringify(args)})`;
}

/** No protocol tells the process of a page, so the page works until one stands out. */
async function processOf(page: Page, browser: Browser, pattern: RegExp): Promise<number> {
  const root = browser.process()?.pid ?? 0;
  const before = secondsOf(root, pattern);
  for (let tries = 0; tries < 30; tries++) {
    await page.evaluate(`for (const end = Date.now() + 500; Date.now() < end; );`);
    for (const [pid, seconds] of secondsOf(root, pattern)) {
      if (seconds - (before.get(pid) ?? 0) >= STANDS_OUT) return pid;
    }
  }
  throw new Error(`no process of ${page.url()} found`);
}

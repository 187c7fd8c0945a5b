import puppeteer, { type Browser, type LaunchOptions } from "puppeteer-core";
import { chromiumPath } from "../scripts/chromium.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  // Tags drop the events of browsers that say they are driven by a program.
  "--disable-blink-features=AutomationControlled",
];

/** A Chromium process of its own, from `CHROMIUM_PATH` or the PATH, that passes for a visitor's. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return puppeteer.launch({
    executablePath: chromiumPath(),
    ...options,
    args: [...ARGUMENTS, ...(options.args ?? [])],
    ignoreDefaultArgs: ["--enable-automation"],
  });
}

/** The User-Agent without the word that tells a browser without a window. */
export async function visitorsAgent(browser: Browser): Promise<string> {
  return (await browser.userAgent()).replace("HeadlessChrome", "Chrome");
}

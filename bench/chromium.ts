import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer, { type Browser, type LaunchOptions } from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
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
    executablePath: findChromium(),
    ...options,
    args: [...ARGUMENTS, ...(options.args ?? [])],
    ignoreDefaultArgs: ["--enable-automation"],
  });
}

/** The User-Agent without the word that tells a browser without a window. */
export async function visitorsAgent(browser: Browser): Promise<string> {
  return (await browser.userAgent()).replace("HeadlessChrome", "Chrome");
}

function findChromium(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isProgram);
  const path = process.env["CHROMIUM_PATH"] ?? found;
  if (path === undefined) throw new Error("no Chromium found: install one, or set CHROMIUM_PATH");
  return path;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real Chromium: `CHROMIUM_PATH`, else the first on the PATH, else playwright's own. */
export function launchChromium(): Promise<Browser> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isProgram);
  const executablePath = process.env["CHROMIUM_PATH"] ?? found ?? chromium.executablePath();
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Everything that pages complained of: errors, failed requests, violations of their policy. */
export class Complaints {
  readonly list: string[] = [];

  watch(page: Page): void {
    const place = (): string => new URL(page.url()).pathname;
    page.on("pageerror", (error) => this.list.push(`${place()}: ${error.message}`));
    // Chromium reports a violated policy and a failed request on the console.
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()))
        this.list.push(`${place()}: ${message.text()}`);
    });
  }
}

/** A page of a visitor of their own: separate cookies and storage. */
export async function openVisitor(
  browser: Browser,
  complaints: Complaints,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  complaints.watch(page);
  return page;
}

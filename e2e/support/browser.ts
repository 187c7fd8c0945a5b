import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "../../scripts/chromium.mjs";

/** A real Chromium: `CHROMIUM_PATH`, else the first on the PATH, else playwright's own. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });
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

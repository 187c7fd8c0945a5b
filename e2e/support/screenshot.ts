import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { vi } from "vitest";
import { sql } from "./ask.js";
import { type Collector, startCollector } from "./collector.js";
import { makeFolder } from "./folder.js";
import { balise } from "./run.js";

const PICTURE = fileURLToPath(new URL("../../docs/console.png", import.meta.url));
const MAX_BYTES = 300 * 1024;

/** Makes the README's picture: the console's funnel over the demo's visitors. */
export async function takeScreenshot(browser: Browser): Promise<void> {
  const folder = makeFolder();
  const collector = await startCollector(folder.path);
  try {
    const { writeKey, secretKey, readKey } = collector.keys;
    const keys = { BALISE_WRITE_KEY: writeKey, BALISE_SECRET_KEY: secretKey };
    const { code, stdout, stderr } = await balise(
      ["demo", "--url", collector.url],
      keys,
      folder.path,
    );
    if (code !== 0) throw new Error(`balise demo ended with ${code}: ${stderr}`);
    const sent = Number(/^([\d,]+) events of/m.exec(stdout)?.[1]?.replaceAll(",", ""));
    await vi.waitUntil(async () => (await stored(collector)) >= sent, { timeout: 30_000 });
    const context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1440, height: 900 },
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(collector.url);
    await page.getByTestId("key-input").fill(readKey);
    await page.getByTestId("key-submit").click();
    await page.getByTestId("funnel-step-6").waitFor();
    await page.screenshot({ path: PICTURE });
    await context.close();
    const { size } = statSync(PICTURE);
    if (size > MAX_BYTES) throw new Error(`${PICTURE} has ${size} bytes, at most ${MAX_BYTES}`);
  } finally {
    await collector.end("SIGTERM");
    folder.remove();
  }
}

async function stored(collector: Collector): Promise<number> {
  const [row] = await sql<{ n: string }>(
    collector,
    "SELECT toString(uniqExact(id)) AS n FROM events",
  );
  return Number(row?.n);
}

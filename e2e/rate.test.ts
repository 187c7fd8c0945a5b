import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { Sabotage } from "./chaos/sabotage.js";
import { sql } from "./support/ask.js";
import { launchChromium } from "./support/browser.js";
import { startCollector } from "./support/collector.js";
import { testFolder } from "./support/folder.js";

test("a tag that is asked to wait reads for how long, across origins, and loses nothing", async () => {
  const folder = testFolder();
  const clock = new Sabotage(folder);
  const collector = await startCollector(folder, {
    BALISE_RATE_LIMIT_KEY: "20",
    ...clock.settings,
  });
  onTestFinished(async () => void (await collector.end("SIGTERM")));
  const key = collector.keys.writeKey;
  const shop = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Shop</title>
      <script async src="${collector.url}/v1/balise.js" data-key="${key}"></script>`);
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void shop.close());
  const spend = async (): Promise<number> => {
    const body = JSON.stringify({ writeKey: key, events: [] });
    return (await fetch(`${collector.url}/v1/batch`, { method: "POST", body })).status;
  };

  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.clock.install();
  const answers: { status: number; retryAfter: string | undefined }[] = [];
  page.on("response", (response) => {
    if (!response.url().endsWith("/v1/batch")) return;
    answers.push({ status: response.status(), retryAfter: response.headers()["retry-after"] });
  });
  for (let times = 0; times < 100 && (await spend()) !== 429; times++);
  const address = shop.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await expect
    .poll(() => answers)
    .toEqual([{ status: 429, retryAfter: expect.stringMatching(/^[1-9]\d?$/) }]);
  clock.order({ shiftMs: 60_000 });
  const stored = async (): Promise<unknown[]> => {
    await page.clock.fastForward(5000);
    return sql(collector, "SELECT name FROM events");
  };
  await expect.poll(stored, { timeout: 20_000 }).toEqual([{ name: "page_view" }]);
  expect(answers.at(-1)?.status).toBe(202);
});

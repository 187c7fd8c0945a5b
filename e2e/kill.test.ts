import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BatchAnswer } from "@balise/schema";
import { expect, test, vi } from "vitest";
import { askFunnel, peopleOf, postBatch, sql } from "./support/ask.js";
import { Complaints, launchChromium, openVisitor } from "./support/browser.js";
import { clickhousePid, type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";

/** Ends of the process in the middle of the traffic, with as many starts after them. */
const KILLS = 4;
/** Acknowledged batches between two ends. */
const BATCHES = 40;
const BATCH_EVENTS = 25;

/** Sends batches until it is told to stop; a batch that was not answered is not sent again. */
class Sender {
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  /** Devices of which both events were acknowledged. */
  readonly buyers = new Set<string>();
  batches = 0;
  #stopped = false;
  readonly #run: Promise<void>;

  constructor(collector: () => Collector) {
    this.#run = this.#loop(collector);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#run;
  }

  async #loop(collector: () => Collector): Promise<void> {
    while (!this.#stopped) {
      const events = Array.from({ length: BATCH_EVENTS }, () => {
        const anonymousId = randomUUID();
        const occurredAt = Date.now();
        return ["quote_asked", "subscribed"].map((name, place) =>
          makeEvent({ name, anonymousId, occurredAt: occurredAt + place }),
        );
      }).flat();
      for (const { id } of events) this.sent.add(id);
      try {
        const response = await postBatch(collector(), events);
        if (response.status !== 202) continue;
        // The status line is the promise, whatever becomes of the body.
        for (const { id, anonymousId } of events) {
          this.acknowledged.add(id);
          if (anonymousId !== undefined) this.buyers.add(anonymousId);
        }
        this.batches += 1;
        const answer = (await response.json()) as BatchAnswer;
        if (answer.accepted !== events.length) throw new Error(JSON.stringify(answer));
      } catch (error) {
        // Refused and broken connections are what a killed process looks like.
        if (!(error instanceof TypeError)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}

/**
 * A page that tracks a numbered event every 40 ms: on a slow machine the collector may be away for
 * half a minute, and the tag's storage must hold what gathers in that time (1,000 events).
 */
const PAGE = (collector: Collector): string => `<!doctype html><title>t</title>
<script src="${collector.url}/v1/balise.js" data-key="${collector.keys.writeKey}" data-host="${collector.url}"></script>
<script>
  let n = 0;
  const timer = setInterval(() => balise.track("tick", { n: n++ }), 40);
  globalThis.finish = () => { clearInterval(timer); return n; };
</script>`;

test("kill -9 in the middle of the traffic loses nothing acknowledged and counts nothing twice", async () => {
  const folder = testFolder();
  let collector = await startCollector(folder);
  const ports = {
    BALISE_PORT: new URL(collector.url).port,
    BALISE_EMBEDDED_PORT: new URL(collector.store).port,
  };
  const site = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end(PAGE(collector)),
  ).listen(0, "127.0.0.1");
  const browser = await launchChromium();
  const sender = new Sender(() => collector);
  try {
    const complaints = new Complaints();
    const page = await openVisitor(browser, complaints);
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    for (let kill = 0; kill < KILLS; kill++) {
      const until = sender.batches + BATCHES;
      await vi.waitUntil(() => sender.batches >= until, { timeout: 30_000 });
      if (kill === 1) {
        const engine = clickhousePid(collector);
        process.kill(engine, "SIGKILL");
        await vi.waitUntil(() => clickhousePid(collector) !== engine, { timeout: 30_000 });
      }
      await collector.end("SIGKILL");
      collector = await startCollector(folder, ports);
    }
    const until = sender.batches + BATCHES;
    await vi.waitUntil(() => sender.batches >= until, { timeout: 30_000 });
    await sender.stop();
    const ticks = await page.evaluate<number>("finish()");

    await expect
      .poll(() => ticksStored(collector), { timeout: 100_000, interval: 200 })
      .toBe(ticks);
    await expect
      .poll(() => pairsStored(collector).then((rows) => rows.length), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(sender.acknowledged.size);
    const stored = await pairsStored(collector);
    const ids = new Set(stored.map(({ id }) => id));
    expect([...sender.acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    expect([...ids].filter((id) => !sender.sent.has(id))).toEqual([]);
    const devices = (name: string) =>
      new Set(stored.filter((row) => row.name === name).map(({ device }) => device));
    const asked = devices("quote_asked");
    const subscribed = new Set([...devices("subscribed")].filter((device) => asked.has(device)));
    expect([...sender.buyers].filter((device) => !subscribed.has(device))).toEqual([]);
    const rows = await askFunnel(collector, { steps: ["quote_asked", "subscribed"] });
    expect(peopleOf(rows)).toEqual([asked.size, subscribed.size]);
    // No row but those that went in once: nothing was left for a merge to mend.
    const [count] = await sql<{ rows: string; ids: string }>(
      collector,
      "SELECT toString(count()) AS rows, toString(uniqExact(id)) AS ids FROM events WHERE name IN ('quote_asked', 'subscribed')",
    );
    expect(count?.rows).toBe(count?.ids);
    // While the collector is down, requests fail and say so on the page's console; nothing else may.
    expect(complaints.list.filter((line) => !line.includes("net::ERR_"))).toEqual([]);
  } finally {
    await sender.stop();
    await browser.close();
    site.close();
    await collector.end("SIGKILL");
  }
}, 150_000);

/** The sender's events, each id once. */
function pairsStored(
  collector: Collector,
): Promise<{ id: string; name: string; device: string }[]> {
  return sql(
    collector,
    "SELECT id, name, anonymous_id AS device FROM events WHERE name IN ('quote_asked', 'subscribed') LIMIT 1 BY id",
  );
}

/** How many of the page's numbers are stored, none of them under two ids. */
async function ticksStored(collector: Collector): Promise<number> {
  const [row] = await sql<{ numbers: string; ids: string }>(
    collector,
    "SELECT toString(uniqExact(properties.n::Int64)) AS numbers, toString(uniqExact(id)) AS ids FROM events WHERE name = 'tick'",
  );
  expect(row?.numbers).toBe(row?.ids);
  return Number(row?.numbers);
}

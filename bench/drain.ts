/**
 * Rows per second from the spool into the embedded ClickHouse, against an insert of the same bytes
 * in one request each of the same size, without spool, tokens or checks.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import pino from "pino";
import { createAccept } from "../packages/collector/dist/ingest/accept.js";
import { Drain } from "../packages/collector/dist/ingest/drain.js";
import { readSegment } from "../packages/collector/dist/ingest/segment.js";
import { Spool } from "../packages/collector/dist/ingest/spool.js";
import { NO_VISITOR } from "../packages/collector/dist/ingest/visitor.js";
import { storeInsert } from "../packages/collector/dist/store/insert.js";
import { readFileSync } from "node:fs";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 400_000);
const BATCH = 500;
const ROUNDS = 3;

const site = { id: "bench", writeKey: "", secretKey: "", readKey: "", origins: [] };
let nextId = 0;

function event(): Record<string, unknown> {
  const number = nextId++;
  const id = (kind: number, value: number): string =>
    `0190000${kind}-0000-7000-8000-${String(value).padStart(12, "0")}`;
  return {
    id: id(1, number),
    name: ["page_view", "product_viewed", "cart_added", "order_completed"][number % 4],
    occurredAt: Date.now() - (number % 1000),
    anonymousId: id(2, number % 20_000),
    sessionId: id(3, number % 40_000),
    page: {
      url: `https://shop.example/products/${number % 300}`,
      title: "A lamp",
      referrer: "https://shop.example/",
    },
    properties: { product: `p${number % 300}`, price: 49.9, stock: true },
    context: { locale: "fr-FR", timezone: "Europe/Paris", sdk: "balise-js/0.1.0" },
  };
}

async function fill(spool: Spool): Promise<void> {
  const accept = createAccept(spool);
  for (let rows = 0; rows < ROWS; rows += BATCH) {
    const events = Array.from({ length: BATCH }, event);
    await accept({ site, source: "batch", visitor: NO_VISITOR, defaultChannel: "web" }, events);
  }
  await spool.freeze();
}

printMachine();
await withStore(async (client) => {
  const folder = mkdtempSync(join(tmpdir(), "balise-bench-spool-"));
  const spool = await Spool.open({ dir: folder, maxBytes: 8 * 1024 ** 3 });
  const log = pino({ level: "silent" });
  await client.command({
    query:
      "CREATE TABLE floor AS events ENGINE = MergeTree ORDER BY (site_id, name, person_key, occurred_at, id)",
  });
  const result = await compare(
    {
      drain: async () => {
        await fill(spool);
        const drain = new Drain({ spool, insert: storeInsert(client), log });
        return (ROWS / (await timed(() => drain.finish(600_000)))) * 1000;
      },
      floor: async () => {
        await fill(spool);
        const chunks = spool.frozen.flatMap(
          (segment) => readSegment(segment.name, readFileSync(segment.path)).chunks,
        );
        const took = await timed(async () => {
          for (const chunk of chunks) {
            const { stream } = await client.exec({
              query: "INSERT INTO floor FORMAT JSONEachRow",
              values: Readable.from([Buffer.concat(chunk.parts)], { objectMode: false }),
            });
            stream.resume();
            await new Promise((resolve) => stream.once("end", resolve));
          }
        });
        for (const segment of spool.frozen) await spool.remove(segment);
        return (ROWS / took) * 1000;
      },
    },
    ROUNDS,
  );
  console.log(
    `drain: ${rounded(result.drain)} rows/s; bare inserts of the same bytes: ${rounded(result.floor)} rows/s; ratio ${(result.drain / result.floor).toFixed(2)}`,
  );
  await spool.close();
  rmSync(folder, { recursive: true, force: true });
});

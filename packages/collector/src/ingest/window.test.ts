/**
 * The tokens that ClickHouse remembers against those that a crash can make a collector send again:
 * of the segments that were begun and not removed, each cut into inserts, each of which ClickHouse
 * remembers once a partition.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storeInsert } from "../store/insert.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { AHEAD } from "./drain.js";
import { encodeRecords } from "./record.js";
import { readSegment } from "./segment.js";
import { Spool } from "./spool.js";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await store.client.command({ query: "SYSTEM STOP MERGES events" });
});
afterAll(async () => {
  await store.close();
});

const MONTH = 31 * 86_400_000;

let next = 0;
const line = (month: number): string =>
  JSON.stringify({
    site_id: "s",
    name: "n",
    id: `00000000-0000-7000-8000-${String(next++).padStart(12, "0")}`,
    occurred_at: 1_500_000_000_000 + month * MONTH,
  });

/** Whether ClickHouse, asked to take an insert again after so many others, takes it for known. */
async function isKnownAfter(others: number, months: number): Promise<boolean> {
  const insert = storeInsert(store.client);
  const first = `first ${next}`;
  const rows = Buffer.from(`${line(0)}\n`);
  await insert("events", first, [rows], 1);
  for (let other = 0; other < others; other++) {
    const lines = Array.from({ length: months }, (_, month) => `${line(month)}\n`);
    await insert("events", `other ${next}`, [Buffer.from(lines.join(""))], months);
  }
  const before = await count();
  await insert("events", first, [rows], 1);
  return (await count()) === before;
}

async function count(): Promise<number> {
  const result = await store.client.query({
    query: "SELECT count() AS n FROM events",
    format: "JSONEachRow",
  });
  return Number((await result.json<{ n: string }>())[0]?.n);
}

async function windows(): Promise<number[]> {
  const result = await store.client.query({
    query: `SELECT extract(create_table_query, 'deduplication_window = (\\\\d+)') AS window
            FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'schema_migrations'`,
    format: "JSONEachRow",
  });
  return (await result.json<{ window: string }>()).map(({ window }) => Number(window));
}

it("counts an insert once for each month it has events of, and forgets the oldest", async () => {
  const set = (to: number): Promise<unknown> =>
    store.client.command({
      query: `ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = ${to}`,
    });
  const [usual = 0] = await windows();
  await set(20);
  expect(await isKnownAfter(19, 1)).toBe(true);
  expect(await isKnownAfter(20, 1)).toBe(false);
  expect(await isKnownAfter(4, 4)).toBe(true);
  expect(await isKnownAfter(5, 4)).toBe(false);
  await set(usual);
});

it("is larger, in every table, than what a crash makes a collector send again", async () => {
  const dir = mkdtempSync(join(tmpdir(), "balise-window-"));
  const spool = await Spool.open({ dir, maxBytes: 1 << 30 });
  try {
    // The shortest rows that there are: no segment is cut into more inserts.
    const records = encodeRecords(
      Array.from({ length: 3000 }, () => ({ table: "events" as const, line: line(0) })),
    );
    while (spool.frozen.length === 0) await spool.append(records);
    const [segment] = spool.frozen;
    const { chunks } = readSegment("s", readFileSync(segment?.path ?? ""));
    // Events of two years in each of them.
    const replay = AHEAD * chunks.length * 24;
    expect(replay).toBeGreaterThan(0);
    const all = await windows();
    expect(all.length).toBeGreaterThan(0);
    for (const window of all) expect(window).toBeGreaterThan(replay);
  } finally {
    await spool.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

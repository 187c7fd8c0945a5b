import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Properties } from "@balise/schema";
import fc from "fast-check";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ChunkRefusedError, type Insert, RowRefusedError, storeInsert } from "../store/insert.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { until } from "../testing/until.js";
import { createAccept } from "./accept.js";
import { NO_VISITOR } from "./visitor.js";
import { type Disk, realDisk } from "./disk.js";
import { Drain } from "./drain.js";
import type { Inserted } from "./lane.js";
import { encodeRecords, type Row } from "./record.js";
import { linesOf } from "./segment.js";
import { Spool } from "./spool.js";

const log = pino({ level: "silent" });
let dir: string;
let spool: Spool;
let drain: Drain | undefined;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "balise-drain-"));
  spool = await Spool.open({ dir, maxBytes: 1 << 24 });
});
afterEach(async () => {
  await drain?.stop();
  await spool.close();
  rmSync(dir, { recursive: true, force: true });
});

const row = (number: number, more: object = {}): Row => ({
  table: "events",
  line: JSON.stringify({
    site_id: "s",
    name: "n",
    id: uuid(number),
    occurred_at: 1_768_000_000_000 + number,
    ...more,
  }),
});
const uuid = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const start = (insert: Insert): Drain => {
  drain = new Drain({ spool, insert, log, interval: 5, random: () => 0 });
  drain.start();
  return drain;
};

describe("the drain", () => {
  it("removes a segment only after every insert of it was acknowledged", async () => {
    await spool.append(encodeRecords([row(1), { ...row(2), table: "contacts" }]));
    let let2Through = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      let2Through = resolve;
    });
    const seen: string[] = [];
    start(async (table) => {
      seen.push(table);
      if (table === "contacts") await held;
    });
    await until(() => seen.includes("contacts"));
    expect(spool.frozen).toHaveLength(1);
    let2Through();
    await until(() => spool.frozen.length === 0);
    expect(seen).toEqual(["events", "contacts"]);
  });

  it("stores what can be read of a harmed segment and keeps its file; one that is gone blocks nothing", async () => {
    for (const number of [1, 2, 3]) {
      for (const part of [0, 1, 2]) await spool.append(encodeRecords([row(number * 10 + part)]));
      await spool.freeze();
    }
    const [first, second] = spool.frozen;
    if (first === undefined || second === undefined) throw new Error("no segments");
    const bytes = readFileSync(first.path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(first.path, bytes);
    rmSync(second.path);
    const stored: string[] = [];
    start(async (_table, _token, parts) => void stored.push(...linesOf({ parts }).map(String)));
    await until(() => spool.frozen.length === 0);
    expect(stored).toHaveLength(5);
    expect(readdirSync(dir)).toEqual([`${first.name}.damaged`]);
  });

  it("repeats the same bytes with the same token until ClickHouse is back", async () => {
    await spool.append(encodeRecords([row(1), row(2)]));
    const calls: string[] = [];
    start(async (_table, token, parts) => {
      calls.push(`${token} ${Buffer.concat(parts).toString("hex")}`);
      if (calls.length < 4)
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    });
    await until(() => spool.frozen.length === 0 && calls.length === 4);
    expect(new Set(calls).size).toBe(1);
  });

  it.each([0, 1, 6, 9])(
    "sets aside the one row that ClickHouse refuses (row %d of 10), named or not, and keeps the others",
    async (bad) => {
      for (const named of [true, false]) {
        await spool.append(encodeRecords(Array.from({ length: 10 }, (_, n) => row(n))));
        const stored: string[] = [];
        const rejected: string[] = [];
        const one = start(async (table, _token, parts) => {
          const ids = linesOf({ parts }).map(String);
          if (table === "rejected_events") {
            rejected.push(...ids);
            return;
          }
          const place = ids.findIndex((line) => line.includes(uuid(bad)));
          if (place !== -1)
            throw new RowRefusedError(27, "Cannot parse input", named ? place : undefined);
          stored.push(...ids);
        });
        await until(() => spool.frozen.length === 0 && rejected.length === 1);
        await one.stop();
        expect(stored).toHaveLength(9);
        expect(rejected[0]).toContain("clickhouse_27");
        expect(rejected[0]).toContain(uuid(bad));
      }
    },
  );

  it("looks for the row when a chunk is refused again and again for a reason of the server's", async () => {
    await spool.append(encodeRecords(Array.from({ length: 9 }, (_, n) => row(n))));
    await spool.freeze();
    await spool.append(encodeRecords([row(20)]));
    const stored: string[] = [];
    const rejected: string[] = [];
    let away = 3;
    const slow = new Drain({
      spool,
      log,
      random: () => 0,
      pause: 1,
      insert: async (table, _token, parts) => {
        // While all of ClickHouse is ill, nothing may be set aside.
        if (away-- > 0) throw new ChunkRefusedError(76, "Cannot open file");
        const ids = linesOf({ parts }).map(String);
        if (table === "rejected_events") rejected.push(...ids);
        else if (ids.some((line) => line.includes(uuid(4))))
          throw new ChunkRefusedError(76, "Cannot open file");
        else stored.push(...ids);
      },
    });
    drain = slow;
    slow.start();
    await until(() => spool.frozen.length === 0 && stored.length === 9);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toContain(uuid(4));
    expect(slow.state.refused).toBe(1);
  });

  it("loses and sets aside nothing while ClickHouse refuses everything for a reason of its own", async () => {
    const sent = [row(1), row(2)];
    await spool.append(encodeRecords([...sent, { ...row(3), table: "rejected_events" }]));
    const stored: Record<string, string[]> = { events: [], rejected_events: [] };
    let calls = 0;
    drain = new Drain({
      spool,
      log,
      random: () => 0,
      interval: 1,
      pause: 0.1,
      insert: async (table, _token, parts) => {
        // Through five refusals of the whole, one of each row, and one of setting them aside.
        if (table === "events") calls += 1;
        if (calls < 10) throw new ChunkRefusedError(76, "Cannot open file");
        stored[table]?.push(...linesOf({ parts }).map(String));
      },
    });
    drain.start();
    await until(() => spool.frozen.length === 0 && stored["rejected_events"]?.length === 1);
    expect(stored["events"]).toEqual(sent.map(({ line }) => `${line}\n`));
    expect(drain.state.refused).toBe(0);
  });

  it("inserts into one table while another waits, one insert at a time into each", async () => {
    const segments = 5;
    for (let number = 0; number < segments; number++) {
      await spool.append(encodeRecords([row(number), { ...row(number), table: "feedback" }]));
      await spool.freeze();
    }
    let answerFeedback = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answerFeedback = resolve;
    });
    const stored: Record<string, string[]> = { events: [], feedback: [] };
    const under = new Map<string, number>();
    let most = 0;
    start(async (table, _token, parts) => {
      under.set(table, (under.get(table) ?? 0) + 1);
      most = Math.max(most, ...under.values());
      if (table === "feedback") await held;
      else await new Promise((resolve) => setTimeout(resolve, 1));
      under.set(table, (under.get(table) ?? 0) - 1);
      stored[table]?.push(...linesOf({ parts }).map(String));
    });
    await until(() => stored["events"]?.length === segments);
    expect([stored["feedback"], spool.frozen.length]).toEqual([[], segments]);
    answerFeedback();
    await until(() => spool.frozen.length === 0);
    const sent = Array.from({ length: segments }, (_, number) => `${row(number).line}\n`);
    expect(stored).toEqual({ events: sent, feedback: sent });
    expect(most).toBe(1);
  });

  it("begins so many segments and no more while one of them cannot be ended", async () => {
    for (let number = 0; number < 20; number++) {
      await spool.append(encodeRecords([row(number), { ...row(number), table: "feedback" }]));
      await spool.freeze();
    }
    let events = 0;
    start(async (table) => {
      if (table === "feedback") throw new Error("away");
      events += 1;
    });
    await until(() => drain?.state.failures === 2);
    expect(events).toBe(8);
  });

  it("does not insert a segment again while the disk refuses to remove it", async () => {
    await spool.close();
    let refused = 0;
    const disk: Disk = {
      ...realDisk,
      remove: async (path) => {
        if (refused++ < 5) throw new Error("EACCES: permission denied, unlink");
        return realDisk.remove(path);
      },
    };
    spool = await Spool.open({ dir, maxBytes: 1 << 24, disk });
    await spool.append(encodeRecords([row(1)]));
    const inserts: string[] = [];
    drain = new Drain({
      spool,
      log,
      interval: 1,
      pause: 1,
      insert: async (_, token) => void inserts.push(token),
    });
    drain.start();
    await until(() => refused > 2);
    await spool.append(encodeRecords([row(2)]));
    await until(() => spool.frozen.length === 0 && spool.bytes === 0);
    expect(inserts).toHaveLength(2);
    expect(new Set(inserts).size).toBe(2);
  });

  it("tells the log once of an insert that fails again and again, and once that it is over", async () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line));
    let tries = 0;
    await spool.append(encodeRecords([row(1)]));
    drain = new Drain({
      spool,
      log: pino({ base: null }, { write }),
      interval: 1,
      pause: 1,
      insert: async () => {
        if (tries++ < 4) throw new ChunkRefusedError(9999, 'refused: {"user_id":"marie"}');
      },
    });
    drain.start();
    await until(() => spool.bytes === 0);
    const table = "events";
    const error = "ClickHouse refuses the insert (code 9999)";
    const msg = "an insert failed; it will be repeated";
    expect(lines).toMatchObject([
      { level: 40, table, error, msg },
      { level: 30, table, times: 4, lastedSeconds: 0, msg: "inserts succeed again" },
    ]);
    expect(JSON.stringify(lines)).not.toContain("marie");
  });

  it("tells of each insert: rows, bytes, how long it took, how long its events waited", async () => {
    const seen: Inserted[] = [];
    await spool.append(encodeRecords([row(1), row(2)]));
    const { createdAt = 0 } = (await spool.freeze(), spool.frozen[0] ?? {});
    drain = new Drain({ spool, log, insert: async () => undefined, now: () => createdAt + 1234 });
    drain.onInsert((inserted) => seen.push(inserted));
    expect(drain.state).toMatchObject({ rows: 0, inserts: 0, lastSuccess: undefined });
    drain.start();
    await until(() => spool.frozen.length === 0);
    expect(seen).toEqual([
      {
        table: "events",
        rows: 2,
        bytes: row(1).line.length * 2 + 2,
        milliseconds: expect.any(Number),
        oldestAgeMs: 1234,
      },
    ]);
    expect(drain.state).toMatchObject({ rows: 2, inserts: 1, lastSuccess: createdAt + 1234 });
  });

  it("finishes what the spool holds when asked to stop, within its grace", async () => {
    await spool.append(encodeRecords([row(1)]));
    const slow = new Drain({ spool, insert: async () => new Promise(() => undefined), log });
    expect(await slow.finish(50)).toBe(false);
    const quick = new Drain({ spool, insert: async () => undefined, log });
    expect(await quick.finish(1000)).toBe(true);
  });
});

describe("the drain into ClickHouse", () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(async () => {
    await store.close();
  });
  const count = async (table: string): Promise<number> => {
    const result = await store.client.query({
      query: `SELECT count() AS n FROM ${table}`,
      format: "JSONEachRow",
    });
    return Number((await result.json<{ n: string }>())[0]?.n);
  };

  it("changes no count when a segment is replayed, however often", async () => {
    const insert = storeInsert(store.client);
    await spool.append(encodeRecords(Array.from({ length: 500 }, (_, n) => row(n))));
    let failures = 3;
    start(async (...chunk) => {
      await insert(...chunk);
      // The insert is done, and its acknowledgement is lost.
      if (failures-- > 0) throw new Error("socket hang up");
    });
    await until(() => spool.frozen.length === 0 && failures < 0);
    expect(await count("events")).toBe(500);
  });

  it("takes a real row that ClickHouse cannot read out of the way", async () => {
    const insert = storeInsert(store.client);
    const before = await count("events");
    const rows = Array.from({ length: 50 }, (_, n) => row(1000 + n));
    rows[17] = {
      table: "events",
      line: '{"site_id":"s","name":"n","id":"no uuid","occurred_at":1768000000000}',
    };
    rows[33] = row(1033, { properties: "not an object" });
    await spool.append(encodeRecords(rows));
    start(insert);
    await until(() => spool.frozen.length === 0 && drain?.state.refused === 2);
    expect(await count("events")).toBe(before + 48);
    expect(await count("rejected_events")).toBe(2);
  });

  it("sets aside the rows that a real ClickHouse refuses, wherever and however many they are", async () => {
    const poison = [
      { id: "no uuid" },
      { properties: "not an object" },
      { value: "much" },
      { occurred_at: "yesterday" },
    ];
    let next = 100_000;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.nat(3) }), {
          maxLength: 60,
        }),
        async (rows, bad) => {
          const before = [await count("events"), await count("rejected_events")] as const;
          const kinds = new Map(bad.map(({ at, kind }) => [Math.floor(at * (rows - 1)), kind]));
          const all = Array.from({ length: rows }, (_, n) => {
            const kind = kinds.get(n);
            return row(next++, kind === undefined ? {} : poison[kind]);
          });
          await spool.append(encodeRecords(all));
          await spool.freeze();
          let inserts = 0;
          const insert = storeInsert(store.client);
          const one = start((...chunk) => {
            inserts += 1;
            return insert(...chunk);
          });
          await until(() => spool.frozen.length === 0);
          await one.stop();
          expect(await count("events")).toBe(before[0] + rows - kinds.size);
          expect(await count("rejected_events")).toBe(before[1] + kinds.size);
          const cut = Math.ceil(kinds.size / 16) * 32;
          expect(inserts).toBeLessThanOrEqual(kinds.size + 2 + cut);
        },
      ),
      { numRuns: 20 },
    );
    const result = await store.client.query({
      query: "SELECT body, code FROM rejected_events WHERE body LIKE '%no uuid%' LIMIT 1",
      format: "JSONEachRow",
    });
    const [kept] = await result.json<{ body: string; code: string }>();
    expect(kept?.code).toMatch(/^clickhouse_\d+$/);
    expect(kept?.body).toMatch(/^\{"site_id":"s","name":"n","id":"no uuid","occurred_at":\d+\}$/);
  }, 120_000);

  it("slows down when a real ClickHouse has too many parts, and loses nothing", async () => {
    const command = (query: string): Promise<unknown> => store.client.command({ query });
    await command("OPTIMIZE TABLE events FINAL");
    await command("ALTER TABLE events MODIFY SETTING parts_to_throw_insert = 4");
    await command("SYSTEM STOP MERGES events");
    const before = await count("events");
    for (let number = 0; number < 12; number++) {
      await spool.append(encodeRecords([row(700_000 + number)]));
      await spool.freeze();
    }
    const slow = new Drain({
      spool,
      insert: storeInsert(store.client),
      log,
      interval: 5,
      pause: 5,
    });
    drain = slow;
    slow.start();
    await until(() => /too many parts/i.test(slow.state.lastError ?? ""));
    await until(() => slow.state.interval > 5);
    expect(spool.frozen.length).toBeGreaterThan(0);
    await command("ALTER TABLE events RESET SETTING parts_to_throw_insert");
    await command("SYSTEM START MERGES events");
    await until(() => spool.frozen.length === 0);
    expect(await count("events")).toBe(before + 12);
    expect(slow.state.refused).toBe(0);
  }, 60_000);

  it("takes thousands of events with keys of their own, nested in every way", async () => {
    const insert = storeInsert(store.client);
    const accept = createAccept(spool);
    const before = await count("events");
    const site = { id: "s", writeKey: "", secretKey: "", readKey: "", origins: [] };
    const keys = (n: number, depth: number): Properties =>
      Object.fromEntries(
        Array.from({ length: 10 }, (_, k) => [
          `k${n}_${k}`,
          depth === 0 ? k : [keys(n, depth - 1)],
        ]),
      );
    const events = Array.from({ length: 3000 }, (_, n) => ({
      id: uuid(9000 + n),
      name: "n",
      occurredAt: Date.now(),
      userId: "u",
      properties: {
        ...keys(n, 0),
        list: [keys(n, 1), "x", [1]],
        [`mixed${n % 7}`]: [n, "n", null, true][n % 4] ?? null,
      },
    }));
    for (let from = 0; from < events.length; from += 500) {
      const { accepted } = await accept(
        { site, source: "batch", visitor: NO_VISITOR, defaultChannel: "web" },
        events.slice(from, from + 500),
      );
      expect(accepted).toBe(500);
    }
    await spool.freeze();
    start(insert);
    await until(() => spool.frozen.length === 0, 60_000);
    expect(await count("events")).toBe(before + 3000);
    const files = await store.client.query({
      query:
        "SELECT max(length(substreams)) AS streams, any(part_type) AS type FROM system.parts_columns WHERE active AND table = 'events' AND column = 'properties'",
      format: "JSONEachRow",
    });
    expect(Number((await files.json<{ streams: string }>())[0]?.streams)).toBeLessThan(3000);
  }, 90_000);

  it("takes events of more months than ClickHouse takes in one insert by default", async () => {
    const insert = storeInsert(store.client);
    const before = await count("events");
    const month = 30.5 * 86_400_000;
    await spool.append(
      encodeRecords(
        Array.from({ length: 250 }, (_, n) =>
          row(5000 + n, { occurred_at: Math.round(946_684_800_000 + n * month) }),
        ),
      ),
    );
    await spool.freeze();
    start(insert);
    await until(() => spool.frozen.length === 0);
    expect(await count("events")).toBe(before + 250);
  });
});

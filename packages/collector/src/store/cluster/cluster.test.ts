/** Answers and inserts over two real servers, against the same on one. */
import type { ClickHouseClient } from "@clickhouse/client";
import { askStore } from "../../testing/question.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Table } from "../../ingest/record.js";
import { ask } from "../../query/ask.js";
import { QUERIES } from "../../query/registry.js";
import { createStoreClient } from "../client.js";
import { storeInsert } from "../insert.js";
import { migrate } from "../migrate.js";
import { applyRetention } from "../retention.js";
import { rowsOf } from "../rows.js";
import { startCluster, type TestCluster } from "../testing/cluster.js";
import { createViews } from "../views.js";
import { checkCluster } from "./check.js";
import { T0, visitors } from "./testing/visitors.js";

let test: TestCluster;
/** A database of its own on the first server, without a cluster. */
let single: ClickHouseClient;
let one: ClickHouseClient;
let two: ClickHouseClient;

beforeAll(async () => {
  test = await startCluster();
  [one, two] = test.clients;
  await one.command({ query: "CREATE DATABASE single" });
  const [url = ""] = test.urls;
  single = createStoreClient({ url, user: "default", password: "", database: "single" });
  await migrate(single);
  await createViews(single, "s");
  await checkCluster(one, test.cluster);
  await migrate(one, undefined, test.cluster);
  await createViews(one, "s", test.cluster);
  for (const [table, rows] of Object.entries(visitors())) {
    for (const client of [single, one]) {
      await client.insert({ table, values: rows, format: "JSONEachRow" });
    }
  }
}, 120_000);
afterAll(async () => {
  await single.close();
  await test.close();
});

const counts = async (table: string): Promise<number[]> =>
  Promise.all(
    [one, two].map(async (client) => {
      const [row] = await rowsOf<{ n: number }>(
        client,
        `SELECT toUInt32(count()) AS n FROM ${table}`,
      );
      return row?.n ?? 0;
    }),
  );

describe("the tables of a cluster", () => {
  it("spread people over the shards, and everyone reads all of them", async () => {
    const [all = 0, same] = await counts("events");
    const [first = 0, second = 0] = await counts("events_local");
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(0);
    expect([first + second, same]).toEqual([all, all]);
    for (const [client, shard] of [
      [one, 0],
      [two, 1],
    ] as const) {
      const strangers = `SELECT toUInt32(count()) AS n FROM events_local WHERE person_key % 2 != ${shard}`;
      expect(await rowsOf(client, strangers)).toEqual([{ n: 0 }]);
    }
  });

  it("drop rows by their age on every shard", async () => {
    await applyRetention(one, 4000, test.cluster);
    for (const client of [one, two]) {
      const [row] = await rowsOf<{ sql: string }>(
        client,
        "SELECT create_table_query AS sql FROM system.tables WHERE database = 'balise' AND name = 'events_local'",
      );
      expect(row?.sql).toContain("TTL toDateTime(occurred_at) + toIntervalDay(4000)");
    }
  });
});

it("takes the rows of a single server; what is copied twice counts once", async () => {
  const query = QUERIES.get("event_names");
  if (query === undefined) throw new Error("no event_names");
  const expected = (await ask(single, query, {}, "s")).rows;
  for (const table of [
    "events",
    "feedback",
    "contacts",
    "costs",
    "customers",
    "identities",
    "follow_up_steps",
    "annotations",
  ]) {
    await one.command({ query: `INSERT INTO ${table} SELECT * FROM single.${table}` });
  }
  expect((await ask(two, query, {}, "s")).rows).toEqual(expected);
});

describe("a repeated insert", () => {
  const lines = (name: string, count: number, filler: number): Buffer[] =>
    Array.from({ length: count }, (_, n) =>
      Buffer.from(
        `${JSON.stringify({ site_id: "t", name, id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`, occurred_at: T0, user_id: `u${n}`, page_url: "x".repeat(filler) })}\n`,
      ),
    );
  // Rows that merges have not yet met are counted: MergeTree without Replacing.
  const table = "rejected_events" satisfies Table;
  const now = Date.now();
  const rejected = (count: number): Buffer[] =>
    Array.from({ length: count }, (_, n) =>
      Buffer.from(`${JSON.stringify({ site_id: "t", code: `c${n}`, received_at: now })}\n`),
    );

  it("counts once on every shard", async () => {
    const rows = rejected(1000);
    for (let times = 0; times < 3; times++) {
      await storeInsert(times === 1 ? two : one)(table, "token-1", rows, rows.length);
    }
    expect(await counts(table)).toEqual([1000, 1000]);
    expect(Math.min(...(await counts(`${table}_local`)))).toBeGreaterThan(300);
  });

  it("that a shard has and the other has not reaches the other, and counts once", async () => {
    const ofFirst = await rowsOf<{ code: string }>(
      one,
      `SELECT 'c' || toString(number) AS code FROM numbers(1000)
       WHERE cityHash64('t', code, fromUnixTimestamp64Milli({now:Int64}, 'UTC')) % 2 = 0`,
      { now },
    );
    const before = (await counts(table))[0] ?? 0;
    await one.insert({
      table: `${table}_local`,
      format: "JSONEachRow",
      values: ofFirst.map(({ code }) => ({ site_id: "t", code, received_at: now })),
      clickhouse_settings: { insert_deduplication_token: "token-2" },
    });
    expect((await counts(table))[0]).toBe(before + ofFirst.length);
    const rows = rejected(1000);
    await storeInsert(one)(table, "token-2", rows, rows.length);
    expect((await counts(table))[0]).toBe(before + 1000);
  });

  it("that a shard could not take is stored by its repetition", async () => {
    const rows = rejected(1000);
    const before = (await counts(table))[0] ?? 0;
    await two.command({ query: `DETACH TABLE ${table}_local` });
    await expect(storeInsert(one)(table, "token-5", rows, rows.length)).rejects.toThrow(
      /rejected_events_local/,
    );
    await two.command({ query: `ATTACH TABLE ${table}_local` });
    await storeInsert(one)(table, "token-5", rows, rows.length);
    expect((await counts(table))[0]).toBe(before + 1000);
  });

  it("of many megabytes counts once", async () => {
    await one.command({ query: "SYSTEM STOP MERGES" });
    await two.command({ query: "SYSTEM STOP MERGES" });
    const rows = lines("large", 20_000, 2000);
    const before = (await counts("events"))[0] ?? 0;
    await storeInsert(one)("events", "token-3", rows, rows.length);
    await storeInsert(one)("events", "token-3", rows, rows.length);
    expect((await counts("events"))[0]).toBe(before + 20_000);
  });

  it("with a row that ClickHouse refuses stores nothing, and names the row", async () => {
    const before = await counts("events");
    const rows = lines("bad", 10, 1);
    rows[6] = Buffer.from(`{"site_id": "t", "name": "bad", "occurred_at": "never"}\n`);
    await expect(storeInsert(one)("events", "token-4", rows, 10)).rejects.toMatchObject({ row: 6 });
    expect(await counts("events")).toEqual(before);
  });
});

describe("an answer of a cluster is that of one server", () => {
  const period = { from: "2026-01-01", to: "2026-03-01" };
  const questions: [string, object][] = [
    ["activity", { ...period, bucket: "hour" }],
    ["activity", period],
    ["event_names", period],
    ["live_events", { limit: 100 }],
    ["nps", period],
    ["nps", { ...period, goal: "a", breakdown: "page", compare: { filters: [] } }],
    ["csat", period],
    ["ces", period],
    ["scores", period],
    ["score_distribution", { ...period, metrics: ["nps", "ces"] }],
    ["feedback_rates", period],
    ["feedback_rates", { ...period, goal: "a" }],
    ["publishable_claim", period],
    ["verbatims", { ...period, search: "expensive", scores: "low" }],
    ["themes", { ...period, themes: { price: "expensive", delivery: "late" } }],
    ["score_words", period],
    ["before_low_scores", period],
    ["follow_ups", { ...period, by: "owner" }],
    ["follow_up_cases", { ...period, status: "any" }],
    ["sessions_summary", period],
    ["sessions_summary", { ...period, breakdown: "device" }],
    ["sessions_summary", { ...period, breakdown: "traits.plan", compare: "previous" }],
    ["time_series", { ...period, bucket: "week", goal: "a", breakdown: "device" }],
    ["time_series", { ...period, breakdown: "sessionOutcome" }],
    ["pages", period],
    ["paths", { ...period, event: "a", what: "event" }],
    ["outcomes", period],
    ["people", { ...period, bucket: "week" }],
    ["retention", { ...period, breakdown: "device" }],
    ["freshness", period],
    ["friction", period],
    ["friction_conversion", { ...period, goal: "a" }],
    ["coverage", { ...period, planned: ["a", "never"], goals: ["a"] }],
    ["event_properties", period],
    ["annotations", period],
    ["before_after", { question: "sessions_summary", at: "2026-01-20", days: 14 }],
    ["before_after", { question: "event_names", annotation: "release", days: 14 }],
    ["targets", { ...period, ...QUERIES.get("targets")?.example }],
    ["coverage", { ...period, planned: ["a", "never"], breakdown: "traits.plan" }],
    ["event_properties", { ...period, breakdown: "device" }],
    ["forms", period],
    ["forms", { ...period, breakdown: "traits.plan" }],
    ["form_fields", period],
    ["contact_after", { ...period, what: "event" }],
    ["contact_after", { ...period, what: "form", breakdown: "device" }],
    ["contact_resolution", { ...period, breakdown: "traits.plan" }],
    ["contact_operations", { ...period, breakdown: "reason" }],
    ["contacts_per_customer", { ...period, split: "reason" }],
    ["contacts_per_customer", { ...period, breakdown: "traits.plan" }],
    ["complaint_rate", { ...period, orders: ["a"] }],
    ["channel_switches", period],
    ["quiet_accounts", { days: 1 }],
    ["acquisition", { ...period, goal: ["a"] }],
    ["acquisition", { ...period, goal: ["b"], attribution: "last", breakdown: "device" }],
    ["basket_by_channel", period],
    ["trial_churn_by_channel", { ...period, trial: "a", converted: ["b"], days: 3 }],
    ["onboarding_contacts_by_channel", { ...period, start: ["a"], attribution: "last" }],
    ["messages", period],
    ...["person", "session", "account"].flatMap((by): [string, object][] =>
      [
        { steps: ["a", "b", "c"] },
        { steps: ["a", "a", "b"] },
        { steps: ["a", "b"], breakdown: "device" },
        { steps: ["a", "b"], breakdown: "acquisitionChannel" },
        { steps: ["a", "a"], breakdown: "acquisitionChannel" },
        { steps: ["a", "b"], breakdown: "week" },
        { steps: [{ event: "a", where: [{ property: "plan", op: "=", value: "x" }] }, "b"] },
        { steps: ["a", "b"], order: "strict", exclude: ["c"], goalValue: true },
        { steps: ["a", "b", "c"], order: "unordered" },
        { steps: ["a", { event: "b", optional: true }, "c"], compare: { from: "2026-02-01" } },
      ].map((query) => ["funnel", { ...period, ...query, by, windowSeconds: 86_400 }]),
    ),
    ...["person", "session"].flatMap((by): [string, object][] => {
      const query = { ...period, steps: ["a", "b"], by, windowSeconds: 86_400 };
      return [
        ["funnel_people", { ...query, step: 1, reached: "converted" }],
        ["funnel_people", { ...query, step: 2, reached: "dropped" }],
        ["funnel_next", { ...query, step: 2 }],
      ];
    }),
  ];

  it("asks every question that there is", () => {
    expect(new Set(questions.map(([name]) => name))).toEqual(new Set(QUERIES.keys()));
  });

  it.each(questions)("%s %j", async (name, input) => {
    const rows = async (client: ClickHouseClient): Promise<object[]> =>
      (await askStore({ client }, name, input, { minGroup: 1 }, "s")).rows;
    const expected = await rows(single);
    expect(expected.length).toBeGreaterThan(0);
    for (const client of [one, two]) expect(await rows(client)).toEqual(expected);
  });

  it.each([
    "SELECT * FROM funnel(steps = ['a', 'b', 'c'], window = 86400)",
    "SELECT * FROM funnel(steps = ['a', 'a'], window = 86400)",
    "SELECT * FROM funnel_between(steps = ['a', 'b'], window = 86400, from = '2026-01-02', to = '2026-02-01')",
    "SELECT * EXCEPT anonymous_id FROM sessions ORDER BY session_id",
  ])("%s", async (sql) => {
    const expected = await rowsOf(single, sql);
    expect(expected.length).toBeGreaterThan(0);
    for (const client of [one, two]) expect(await rowsOf(client, sql)).toEqual(expected);
  });
});

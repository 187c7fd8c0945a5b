import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ERRORS } from "@balise/schema";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildApp } from "../app.js";
import { Drain } from "../ingest/drain.js";
import { encodeRecords } from "../ingest/record.js";
import { Spool } from "../ingest/spool.js";
import { createStoreClient } from "../store/client.js";
import { type Insert, RowRefusedError } from "../store/insert.js";
import { until } from "../testing/until.js";

const site = {
  id: "shop",
  writeKey: "bw_aaaaaaaaaaaaaaaaaaaa",
  secretKey: "bs_bbbbbbbbbbbbbbbbbbbb",
  readKey: "br_cccccccccccccccccccc",
  origins: [],
};
const uuid = (number: number): string =>
  `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const event = (number: number, more: object = {}): object => ({
  id: uuid(number),
  name: "cart",
  occurredAt: Date.now(),
  anonymousId: uuid(1),
  ...more,
});

let dir: string;
let now: number;
let spool: Spool;
let drain: Drain;
let insert: Insert;
let app: FastifyInstance;
// Nothing listens there.
const client = createStoreClient({
  url: "http://127.0.0.1:9",
  user: "",
  password: "",
  database: "",
});

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "balise-metrics-"));
  now = Date.now();
  spool = await Spool.open({ dir, maxBytes: 100_000, now: () => now });
  insert = async () => undefined;
  drain = new Drain({
    spool,
    insert: (...chunk) => insert(...chunk),
    log: pino({ level: "silent" }),
    interval: 1,
    pause: 1,
    now: () => now,
  });
  app = await buildApp({ sites: [site] }, { spool, drain, client });
});
afterEach(async () => {
  await drain.stop();
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

async function scrape(): Promise<(sample: string) => number> {
  const { body } = await app.inject({ method: "GET", url: "/metrics" });
  const samples = new Map<string, number>();
  for (const line of body.split("\n")) {
    const [, sample = "", value] = /^(.+) (\S+)$/.exec(line) ?? [];
    samples.set(sample, Number(value));
  }
  return (sample) => samples.get(sample) ?? Number.NaN;
}

const send = (events: unknown, writeKey = site.writeKey): Promise<{ statusCode: number }> =>
  app.inject({
    method: "POST",
    url: "/v1/batch",
    headers: { "content-type": "text/plain" },
    payload: JSON.stringify({ writeKey, events }),
  });

it("counts events by what became of them, and only acknowledged batches as acknowledged", async () => {
  await send([event(1, { later: 1, more: 2 }), event(2, { id: "x" }), event(3)]);
  await send([event(4)], "wrong");
  // Read in the plain way, and from the bytes: the same id in both.
  await send([event(3), { ...event(1), later: 1 }, event(5)]);
  const told = await scrape();
  expect(told("balise_events_accepted_total")).toBe(5);
  expect(told('balise_events_rejected_total{code="invalid_id"}')).toBe(1);
  expect(told('balise_events_rejected_total{code="invalid_name"}')).toBe(0);
  expect(told("balise_events_duplicate_total")).toBe(2);
  expect(told("balise_unknown_fields_total")).toBe(3);
  expect(told("balise_acknowledgement_seconds_count")).toBe(2);
  expect(told("balise_acknowledgement_seconds_sum")).toBeGreaterThan(0);
});

it("counts what tags let go of, once it is kept, by whatever way it comes", async () => {
  const dropped = (number: number, count: unknown, more: object = {}): object =>
    event(number, { name: "events_dropped", properties: { count }, ...more });
  const plain = { later: 1 };
  await send([dropped(1, 3), event(2, { properties: { count: 50 } }), dropped(3, 4, plain)]);
  await send([dropped(4, 1e300), dropped(5, -7), dropped(6, "8"), dropped(7, null)]);
  await send([dropped(8, 0.5), event(9, { name: "events_dropped" }), dropped(10, 9, { id: "x" })]);
  await app.inject({
    method: "POST",
    url: "/v1/import",
    headers: { authorization: `Bearer ${site.secretKey}` },
    payload: JSON.stringify(dropped(11, 20)),
  });
  const told = await scrape();
  expect(told("balise_events_dropped_by_tags_total")).toBe(3 + 4 + 100_000 + 20);
  expect(told("balise_events_accepted_total")).toBe(10);
});

it("counts refusals, and times when it could not help, by the codes of the answers", async () => {
  const refused = (code: string): string => `balise_responses_refused_total{code="${code}"}`;
  const unavailable = (code: string): string =>
    `balise_responses_unavailable_total{code="${code}"}`;
  app.get("/broken", () => {
    throw new Error("a fault");
  });
  await send([event(1)], "wrong");
  await send("no events");
  await app.inject({ method: "GET", url: "/nothing" });
  await app.inject({ method: "GET", url: "/v1/query/%zz" });
  await app.inject({ method: "GET", url: "/broken" });
  const headers = { authorization: `Bearer ${site.readKey}`, "content-type": "application/json" };
  await app.inject({ method: "POST", url: "/v1/query/event_names", headers, payload: {} });
  let status = 202;
  for (let number = 0; status === 202; number++)
    ({ statusCode: status } = await send([event(number)]));
  expect(status).toBe(503);
  const told = await scrape();
  expect(told(refused("unknown_key"))).toBe(1);
  expect(told(refused("invalid_body"))).toBe(1);
  expect(told(refused("not_found"))).toBe(2);
  expect(told(refused("too_large"))).toBe(0);
  expect(told('balise_responses_failed_total{code="internal"}')).toBe(1);
  expect(told(unavailable("store_unavailable"))).toBe(1);
  expect(told(unavailable("spool_full"))).toBe(1);
  // What was refused and is sent again is no copy.
  expect(told("balise_events_duplicate_total")).toBe(0);
  expect(told(unavailable("stopping"))).toBe(0);
});

it("counts every code of the table of answers, each once", async () => {
  const { body } = await app.inject({ method: "GET", url: "/metrics" });
  const codes = [...body.matchAll(/^balise_responses_\w+_total\{code="(\w+)"\}/gm)];
  expect(codes).toHaveLength(Object.keys(ERRORS).length);
  expect(new Set(codes.map(([, code]) => code))).toEqual(new Set(Object.keys(ERRORS)));
});

it("tells of inserts by table: rows, failures, refused rows, and how old events were", async () => {
  let tries = 0;
  insert = async (table, _token, _parts, rows) => {
    if (table === "feedback" && tries++ < 2) throw new Error("away");
    if (table === "events" && rows === 3) throw new RowRefusedError(27, "bad", 1);
  };
  const row = (number: number): string => JSON.stringify({ id: uuid(number), site_id: "shop" });
  const rows = [1, 2, 3].map((number) => ({ table: "events", line: row(number) }) as const);
  await spool.append(encodeRecords([...rows, { table: "feedback", line: row(4) }]));
  now += 7000;
  drain.start();
  await until(() => spool.bytes === 0);
  const told = await scrape();
  const of = (name: string, table: string): number => told(`${name}{table="${table}"}`);
  expect(of("balise_rows_inserted_total", "events")).toBe(2);
  expect(of("balise_rows_inserted_total", "feedback")).toBe(1);
  expect(of("balise_rows_inserted_total", "rejected_events")).toBe(1);
  expect(of("balise_inserts_total", "events")).toBe(1);
  expect(of("balise_insert_failures_total", "feedback")).toBe(2);
  expect(of("balise_insert_failures_total", "events")).toBe(1);
  expect(of("balise_insert_failures_total", "costs")).toBe(0);
  expect(told("balise_rows_refused_total")).toBe(1);
  expect(told("balise_insert_rows_sum")).toBe(4);
  expect(told("balise_insert_duration_seconds_count")).toBe(3);
  // Of the events alone, and of their one insert that was taken.
  expect(told('balise_event_freshness_seconds_bucket{le="5"}')).toBe(0);
  expect(told('balise_event_freshness_seconds_bucket{le="10"}')).toBe(1);
  expect(told("balise_event_freshness_seconds_count")).toBe(1);
});

it("tells what waits: the oldest event at once, the drain's lag once it could have taken it", async () => {
  await send([event(1)]);
  now += 2000;
  const gathered = await scrape();
  expect(gathered("balise_spool_oldest_age_seconds")).toBe(2);
  expect(gathered("balise_drain_lag_seconds")).toBe(0);
  expect(gathered("balise_spool_segments")).toBe(1);
  await spool.freeze();
  await send([event(2)]);
  const waiting = await scrape();
  expect(waiting("balise_drain_lag_seconds")).toBe(2);
  expect(waiting("balise_spool_segments")).toBe(2);
  expect(waiting("balise_spool_bytes")).toBe(spool.bytes);
  expect(waiting("balise_spool_limit_bytes")).toBe(100_000);
  const ready = await app.inject({ method: "GET", url: "/v1/health/ready" });
  expect(ready.json()).toMatchObject({
    status: "ready",
    spool: { bytes: spool.bytes, oldestAgeSeconds: 2 },
    store: { reachable: false, insertIntervalSeconds: 0.001 },
  });
});

it("says that ClickHouse is reachable once something carries events there, until an insert fails", async () => {
  const reachable = async (): Promise<unknown> =>
    (await app.inject({ method: "GET", url: "/v1/health/ready" })).json().store.reachable;
  expect(await reachable()).toBe(false);
  drain.start();
  expect(await reachable()).toBe(true);
  insert = async () => {
    throw new Error("away");
  };
  await send([event(1)]);
  await until(async () => (await reachable()) === false);
  insert = async () => undefined;
  await until(async () => (await reachable()) === true);
});

it("keeps to the same series whatever is sent: no label tells of a sender", async () => {
  const series = async (): Promise<string[]> => {
    const { body } = await app.inject({ method: "GET", url: "/metrics" });
    return [...body.matchAll(/^(balise_\S+) /gm)].map(([, name = ""]) => name);
  };
  const before = await series();
  insert = async (table) => {
    if (table === "events") throw new RowRefusedError(27, "bad", 0);
  };
  drain.start();
  const odd = ["constructor", "__proto__", "a b", "é", "x".repeat(100), "marie@example.org"];
  for (const [number, text] of odd.entries()) {
    await send([event(number, { name: text, userId: text, properties: { [text]: text } })]);
    await send([{ ...event(number), id: text }, { [text]: text }, text]);
    await send([event(number)], text);
    await app.inject({ method: "GET", url: `/${encodeURIComponent(text)}?${text}` });
  }
  await until(async () => (await scrape())("balise_rows_refused_total") > 2);
  expect(await series()).toEqual(before);
});

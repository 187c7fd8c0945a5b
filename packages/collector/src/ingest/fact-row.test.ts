/** Costs, customers and annotations, from the door of imports to the tables. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BatchAnswer } from "@balise/schema";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storeInsert } from "../store/insert.js";
import { rowsOf } from "../store/rows.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { until } from "../testing/until.js";
import { createAccept } from "./accept.js";
import { Drain } from "./drain.js";
import type { Origin } from "./origin.js";
import { Spool } from "./spool.js";
import { NO_VISITOR } from "./visitor.js";

const origin = (source: Origin["source"]): Origin => ({
  site: { id: "shop", writeKey: "w", secretKey: "s", readKey: "r", origins: [] },
  source,
  visitor: NO_VISITOR,
  defaultChannel: "server",
});

const spring = { source: "google", medium: "cpc", name: "spring" };
const cost = { type: "cost", day: "2026-03-13", campaign: spring, cost: 10.1, currency: "EUR" };
const launch = {
  type: "annotation",
  id: "v2",
  kind: "release",
  from: Date.UTC(2026, 2, 13),
  text: "asked for by jane@example.com",
};
const customer = { type: "customer", userId: "c1", since: "2024-01-31" };

const step = {
  type: "follow_up",
  id: "0196a3c0-0000-7000-8000-000000000001",
  responseId: "0196a3c0-0000-7000-8000-000000000002",
  changedAt: 1_770_000_000_000,
  status: "in_progress",
};

let first: BatchAnswer;
let batch: BatchAnswer;
let counted: number;
let store: TestStore;
let folder: string;
let now = Date.now();

beforeAll(async () => {
  store = await openTestStore();
  folder = mkdtempSync(join(tmpdir(), "balise-facts-"));
  const spool = await Spool.open({ dir: folder, maxBytes: 1 << 28 });
  const log = pino({ level: "silent" });
  const drain = new Drain({ spool, insert: storeInsert(store.client), log, interval: 5 });
  const accept = createAccept(spool, () => now);
  first = await accept(origin("import"), [
    { ...cost, impressions: 1000, clicks: 20 },
    { ...cost, campaign: { ...spring, name: "of jane@example.com" }, cost: -2.5 },
    { ...cost, cost: "10" },
    customer,
    { ...customer, userId: "c2", traits: { plan: "pro" } },
    { ...customer, until: "2020-01-01" },
    step,
    { ...step, id: "7" },
    launch,
    { ...launch, id: "sale", kind: "campaign", to: launch.from + 1 },
  ]);
  now += 1000;
  await accept(origin("import"), [
    { ...cost, cost: 12 },
    { ...customer, until: "2026-03-01" },
    { ...step, status: "resolved", owner: "desk 3" },
    { type: "annotation", id: "sale", kind: "campaign", from: launch.from, removed: true },
  ]);
  // Browsers tell neither.
  batch = await accept(origin("batch"), [cost, customer, launch, step]);
  counted = accept.counts.accepted;
  drain.start();
  await spool.freeze();
  await until(() => spool.bytes === 0, 30_000);
  await drain.stop();
  await spool.close();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it("imports alone tell them, each judged on its own, and they count as no events", () => {
  expect(first).toMatchObject({ accepted: 7 });
  expect(first.rejected).toMatchObject([
    { index: 2, id: null, code: "invalid_field" },
    { index: 5, id: "c1", code: "invalid_field" },
    { index: 7, id: "7", code: "invalid_id" },
  ]);
  expect(batch.rejected.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(counted).toBe(0);
});

it("a cost that is sent again replaces what was sent before, and names no person", async () => {
  const costs = await rowsOf(
    store.client,
    `SELECT toString(day) AS day, acquisition_channel AS channel, campaign_name AS name,
       toFloat64(cost) AS cost, toUInt32(clicks) AS clicks, currency
     FROM costs FINAL ORDER BY cost`,
  );
  const common = { day: "2026-03-13", channel: "paid_search", currency: "EUR" };
  expect(costs).toEqual([
    { ...common, name: expect.not.stringContaining("jane"), cost: -2.5, clicks: 0 },
    { ...common, name: "spring", cost: 12, clicks: 0 },
  ]);
});

it("a customer that is sent again replaces what was sent before", async () => {
  const customers = await rowsOf(
    store.client,
    `SELECT user_id AS user, toString(since) AS since, toString(until) AS until,
       traits.plan::String AS plan, person_key = cityHash64(user_id) AS keyed
     FROM customers FINAL ORDER BY user`,
  );
  expect(customers).toMatchObject([
    { user: "c1", since: "2024-01-31", until: "2026-03-01", plan: "" },
    { user: "c2", since: "2024-01-31", until: null, plan: "pro" },
  ]);
});

it("a step of a follow-up that is sent again replaces what was sent before", async () => {
  const steps = await rowsOf(
    store.client,
    `SELECT id, response_id AS response, toUnixTimestamp64Milli(changed_at)::Float64 AS at, status, owner
     FROM follow_up_steps FINAL`,
  );
  const { id, responseId, changedAt } = step;
  expect(steps).toEqual([
    { id, response: responseId, at: changedAt, status: "resolved", owner: "desk 3" },
  ]);
});

it("an annotation that is sent again replaces what was sent before, its text scrubbed", async () => {
  const annotations = await rowsOf(
    store.client,
    `SELECT annotation_id AS id, kind, toUnixTimestamp64Milli(starts_at) = ${launch.from} AS begins,
       starts_at = ends_at AS moment, text, removed
     FROM annotations FINAL ORDER BY id`,
  );
  expect(annotations).toEqual([
    { id: "sale", kind: "campaign", begins: 1, moment: 1, text: "", removed: true },
    {
      id: "v2",
      kind: "release",
      begins: 1,
      moment: 1,
      text: "asked for by [email]",
      removed: false,
    },
  ]);
});

it("what is refused is kept with its reason", async () => {
  const refused = await rowsOf<{ id: string; code: string }>(
    store.client,
    "SELECT id, code FROM rejected_events WHERE source = 'import' ORDER BY id",
  );
  expect(refused).toEqual([
    { id: "", code: "invalid_field" },
    { id: "7", code: "invalid_id" },
    { id: "c1", code: "invalid_field" },
  ]);
});

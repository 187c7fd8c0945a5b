/** A plan from the door to the answer: marked or refused when events come, counted when asked. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BatchAnswer, LIMITS, type Plan } from "@balise/schema";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccept } from "../ingest/accept.js";
import { Drain } from "../ingest/drain.js";
import type { Origin } from "../ingest/origin.js";
import { createPlanCheck } from "../ingest/plan.js";
import { Spool } from "../ingest/spool.js";
import { NO_VISITOR } from "../ingest/visitor.js";
import { storeInsert } from "../store/insert.js";
import { rowsOf } from "../store/rows.js";
import { askStore } from "../testing/question.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { until } from "../testing/until.js";
import { inferPlan, type SeenProperty } from "./infer.js";

const plan: Plan = {
  events: {
    signed_up: {
      goal: true,
      properties: { plan: "string", price: { type: "number", optional: true } },
    },
    renewed: { goal: true },
    cancelled: { properties: { reason: { type: "string", values: ["price", "service"] } } },
  },
};

const AT = Date.UTC(2026, 2, 1, 10);

const site = (id: string): Origin => ({
  site: { id, writeKey: "w", secretKey: "s", readKey: "r", origins: [] },
  source: "batch",
  visitor: NO_VISITOR,
  defaultChannel: "web",
});

let next = 0;
const event = (name: string, properties?: object): object => ({
  id: `01900000-0000-7000-8000-${String(next++).padStart(12, "0")}`,
  name,
  occurredAt: AT + next,
  userId: "u1",
  ...(properties === undefined ? {} : { properties }),
});

let answer: BatchAnswer;
let store: TestStore;
let folder: string;

beforeAll(async () => {
  store = await openTestStore();
  folder = mkdtempSync(join(tmpdir(), "balise-coverage-"));
  const spool = await Spool.open({ dir: folder, maxBytes: 1 << 28 });
  const log = pino({ level: "silent" });
  const drain = new Drain({ spool, insert: storeInsert(store.client), log, interval: 5 });
  const accept = createAccept(spool, undefined, undefined, undefined, createPlanCheck(plan));
  const strict = createPlanCheck({ ...plan, enforce: true });
  const enforcing = createAccept(spool, undefined, undefined, undefined, strict);
  const sent = [
    event("signed_up", { plan: "family", price: 12.5 }),
    event("signed_up", { plan: "family" }),
    event("signed_up", { price: 10 }),
    event("signed_up", { plan: "solo", price: "ten" }),
    event("signed_up", { plan: "solo", price: null }),
    event("cancelled", { reason: "weather" }),
    event("page_view"),
    event("cart_add", {
      lamp: "heron",
      tags: ["a"],
      items: [{ sku: 1 }],
      size: { w: 1 },
      big: 2.5,
    }),
    event("cart_add", { lamp: "galet", big: 2 }),
  ];
  await accept(site("shop"), sent);
  // The same events once more, as after a lost answer.
  await accept(site("shop"), sent.slice(0, 6));
  answer = await enforcing(site("strict"), sent);
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

async function rows(name: string, input: object, siteId = "shop") {
  return (await askStore(store, name, input, { plan }, siteId)).rows;
}

it("lists what is missing, seen, unplanned and violating, by kind with its share", async () => {
  const all = await rows("coverage", {});
  expect(
    all.map((row) =>
      ["event", "state", "goal", "events", "violation", "violating"].map((column) => row[column]),
    ),
  ).toEqual([
    ["renewed", "never_seen", true, 0, "", 0],
    ["signed_up", "seen", true, 5, "missing_property:plan", 1],
    ["signed_up", "seen", true, 5, "wrong_type:price", 1],
    ["cancelled", "seen", false, 1, "wrong_value:reason", 1],
    ["page_view", "ready_made", false, 1, "", 0],
    ["cart_add", "unplanned", false, 2, "unknown_event", 2],
  ]);
  expect(all[0]).toMatchObject({ lastSeen: null, share: null, low: null, high: null });
  const [, first] = all;
  expect(first?.["lastSeen"]).toBe(new Date(AT + 5).toISOString());
  // Wilson, 1 of 5: 0.0362 to 0.6245.
  expect(first?.["share"]).toBeCloseTo(0.2, 6);
  expect(first?.["low"]).toBeCloseTo(0.0362, 4);
  expect(first?.["high"]).toBeCloseTo(0.6245, 4);
});

it("is asked of a plan that the collector does not have, and of a period", async () => {
  const asked = await rows("coverage", { planned: ["cart_add", "new one"], to: "2026-02-01" });
  expect(asked.map((row) => [row["event"], row["state"], row["goal"]])).toEqual([
    ["cart_add", "never_seen", false],
    ["new one", "never_seen", false],
  ]);
});

it("tells what came before the period alone from what never came", async () => {
  const asked = await rows("coverage", { from: "2026-03-02" });
  expect(asked.map((row) => [row["event"], row["state"], row["events"], row["violation"]])).toEqual(
    [
      ["cancelled", "missing", 0, ""],
      ["signed_up", "missing", 0, ""],
      ["renewed", "never_seen", 0, ""],
    ],
  );
  expect(asked[1]?.["lastSeen"]).toBe(new Date(AT + 5).toISOString());
});

it("takes the longest plan of the longest names", async () => {
  const planned = Array.from({ length: LIMITS.planEvents }, (_, n) => `${"€".repeat(120)} ${n}`);
  const asked = await rows("coverage", { planned, goals: planned });
  const never = asked.filter((row) => row["state"] === "never_seen" && row["goal"] === true);
  expect(never).toHaveLength(LIMITS.planEvents);
});

it("an enforced plan refuses what breaks it, and says what it wants", () => {
  expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual(
    [2, 3, 5, 7, 8].map((index) => [index, "plan_violation"]),
  );
  expect(answer.rejected.map(({ message }) => message.split(";")[0])).toEqual([
    "properties.plan: must be of type string (got nothing)",
    'properties.price: must be of type number (got "ten")',
    'properties.reason: must be one of price, service (got "weather")',
    'name: "cart_add" is not in the plan',
    'name: "cart_add" is not in the plan',
  ]);
});

it("keeps what an enforced plan refuses, with its reason", async () => {
  const refused = await rowsOf<{ code: string; n: string }>(
    store.client,
    "SELECT code, count() AS n FROM rejected_events WHERE site_id = 'strict' GROUP BY code",
  );
  expect(refused.map(({ code, n }) => [code, Number(n)])).toEqual([["plan_violation", 5]]);
  const [kept] = await rowsOf<{ n: string }>(
    store.client,
    "SELECT uniqExact(id) AS n FROM events WHERE site_id = 'strict' AND plan_violation = ''",
  );
  expect(Number(kept?.n)).toBe(4);
});

it("infers from what arrived a plan that it satisfies", async () => {
  // The question gives these columns.
  const seen = (await rows("event_properties", {})) as unknown as SeenProperty[];
  const inferred = inferPlan(seen);
  expect(inferred.events["cart_add"]).toEqual({
    properties: {
      big: "number",
      items: { type: "array", optional: true },
      lamp: "string",
      size: { type: "object", optional: true },
      tags: { type: "array", optional: true },
    },
  });
  expect(inferred.events["page_view"]).toEqual({});
  expect(inferred.events["signed_up"]?.properties).toEqual({
    plan: { type: "string", optional: true },
  });
});

/** Coverage and properties against the same numbers counted in plain code, over random events with copies and bots. */
import { EVENT_NAMES, type Plan } from "@balise/schema";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { ask, type Answer } from "../ask.js";
import type { Asking } from "../query.js";
import { QUERIES } from "../registry.js";

const FROM = Date.UTC(2026, 0, 10);
const TO = Date.UTC(2026, 0, 12);
const DAY = 86_400_000;
const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

interface Sent {
  name: string;
  at: number;
  person: number;
  device: string;
  violation: string;
  properties: Record<string, unknown>;
  bot: boolean;
}

const NAMES = ["signed_up", "signedup", "renewed", "it's", "page_view"];
const PLANNED = ["never", "signed_up", "renewed", "it's", "older"];
const GOALS = ["renewed", "never"];

const sentEvent: fc.Arbitrary<Sent> = fc.record({
  name: fc.constantFrom(...NAMES),
  // Some in the same millisecond, some at the ends of the period, some outside.
  at: fc.constantFrom(FROM - 40 * DAY, FROM - 1, FROM, FROM + 1, FROM + DAY, TO - 1, TO),
  person: fc.nat(30),
  device: fc.constantFrom("desktop", "desktop", "mobile"),
  violation: fc.constantFrom("", "", "missing_property:plan", "wrong_type:price"),
  properties: fc.record(
    {
      plan: fc.constantFrom("solo", "[x", "7"),
      price: fc.constantFrom(1, 2.5, "1", true),
      tags: fc.constantFrom(["a"], [{ sku: 1 }]),
      size: fc.constantFrom({ w: 1 }, { w: 1, h: { cm: 2 } }),
    },
    { requiredKeys: [] },
  ),
  bot: fc.constantFrom(false, false, false, true),
});

const SENT: Sent[] = [
  ...fc.sample(sentEvent, { numRuns: 400, seed: 7 }),
  {
    name: "older",
    at: FROM - 40 * DAY,
    person: 1,
    device: "desktop",
    violation: "",
    properties: {},
    bot: false,
  },
];
const SEEN = SENT.filter(({ bot }) => !bot);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const rows = SENT.map((event, n) => ({
    site_id: "default",
    id: uuid(1, n),
    name: event.name,
    occurred_at: event.at,
    received_at: event.at,
    anonymous_id: uuid(2, event.person),
    device: event.device,
    plan_violation: event.violation,
    properties: event.properties,
    traits: event.person < 3 ? { tier: "rare" } : {},
    bot: event.bot,
  }));
  await store.client.command({ query: "SYSTEM STOP MERGES events" });
  for (const values of [rows, rows.slice(100, 300)]) {
    await store.client.insert({ table: "events", values, format: "JSONEachRow" });
  }
});
afterAll(async () => {
  await store.close();
});

async function asked(
  name: string,
  input: object,
  asking: Partial<Asking> = { minGroup: 1 },
): Promise<Answer> {
  const query = QUERIES.get(name);
  if (query === undefined) throw new Error(`no query ${name}`);
  return ask(store.client, query, input, "default", asking);
}

const PERIOD = { from: "2026-01-10", to: "2026-01-11" };
const inPeriod = ({ at }: Sent): boolean => at >= FROM && at < TO;

function countedBy<Key extends string>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const peopleOf = (events: readonly Sent[]): number =>
  new Set(events.map(({ person }) => person)).size;

function stateOf(name: string, before: readonly Sent[], within: readonly Sent[]): string {
  if (PLANNED.includes(name)) {
    if (before.length + within.length === 0) return "never_seen";
    return within.length === 0 ? "missing" : "seen";
  }
  return EVENT_NAMES.some((known) => known === name) ? "ready_made" : "unplanned";
}

/** What coverage answers, as a set of texts without the intervals. */
function coverageOf(keep: (event: Sent) => boolean): string[] {
  const kept = SEEN.filter((event) => event.at < TO && keep(event));
  return [...new Set([...PLANNED, ...NAMES])].flatMap((name) => {
    const all = kept.filter((event) => event.name === name);
    const within = all.filter(inPeriod);
    if (within.length === 0 && !PLANNED.includes(name)) return [];
    const last = Math.max(...all.map(({ at }) => at));
    const kinds = countedBy(within.map(({ violation }) => violation).filter((kind) => kind !== ""));
    return [...(kinds.size === 0 ? [["", 0] as const] : kinds)].map(([violation, violating]) =>
      JSON.stringify([
        name,
        PLANNED.includes(name),
        GOALS.includes(name),
        stateOf(name, all, within),
        within.length,
        peopleOf(within),
        all.length === 0 ? null : new Date(last).toISOString(),
        violation,
        violating,
        within.length === 0 ? null : (violating / within.length).toFixed(9),
      ]),
    );
  });
}

const COLUMNS = "event planned goal state events people lastSeen violation violating share".split(
  " ",
);

const shown = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map((row) =>
    JSON.stringify(
      COLUMNS.map((name) =>
        name === "share" && row[name] !== null ? Number(row[name]).toFixed(9) : row[name],
      ),
    ),
  );

describe("coverage", () => {
  const plan = { ...PERIOD, planned: PLANNED, goals: GOALS };

  it("counts what plain code counts, copies, bots and ties or not", async () => {
    const { rows } = await asked("coverage", plan);
    expect(shown(rows).toSorted()).toEqual(coverageOf(() => true).toSorted());
    expect(new Set(rows.map(({ state }) => state))).toEqual(
      new Set(["never_seen", "missing", "seen", "ready_made", "unplanned"]),
    );
  });

  it("holds a segment, and each group by itself, against the whole plan", async () => {
    const filters = [{ property: "device", op: "=", value: "mobile" }];
    const mobile = coverageOf(({ device }) => device === "mobile").toSorted();
    const filtered = await asked("coverage", { ...plan, filters });
    expect(shown(filtered.rows).toSorted()).toEqual(mobile);
    const { rows } = await asked("coverage", { ...plan, breakdown: "device" });
    const groups = ["desktop", "mobile"].map((group) =>
      shown(rows.filter((row) => row["group"] === group)).toSorted(),
    );
    expect(groups).toEqual([coverageOf(({ device }) => device === "desktop").toSorted(), mobile]);
  });

  it("takes the collector's plan where none is named, and what is named before it", async () => {
    const events: Plan["events"] = { "it's": { goal: true }, never: {} };
    const asking = { minGroup: 1, plan: { events } };
    const planned = async (input: object): Promise<unknown[]> =>
      (await asked("coverage", input, asking)).rows
        .filter((row) => row["planned"] === true && row["violation"] !== "wrong_type:price")
        .map((row) => [row["event"], row["goal"]]);
    expect(await planned({})).toEqual([
      ["never", false],
      ["it's", true],
    ]);
    expect(await planned({ goals: ["never"] })).toEqual([
      ["never", true],
      ["it's", false],
    ]);
    expect(await planned({ planned: ["other", "other"] })).toEqual([["other", false]]);
  });

  it("compares the states of an event, not the events of a state", async () => {
    const compare = { from: "2025-12-01", to: "2025-12-02" };
    const { rows, meta } = await asked("coverage", { ...plan, compare });
    expect(rows.find(({ event }) => event === "older")).toMatchObject({
      state: "missing",
      stateOther: "seen",
      events: 0,
    });
    expect(Object.keys(rows[0] ?? {})).toEqual(meta.columns.map(({ name }) => name));
  });

  it("withholds a group of few people with its planned events, and few who are chosen by a trait", async () => {
    const byTier = { ...plan, breakdown: "traits.tier" };
    const { rows, meta } = await asked("coverage", byTier, { minGroup: 5 });
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set([""]));
    expect(rows.map(({ event }) => event)).toContain("never");
    expect(meta.withheld).toBe(1);
    const filters = [{ property: "traits.tier", op: "=", value: "rare" }];
    for (const name of ["coverage", "event_properties"]) {
      const few = await asked(name, { ...PERIOD, filters }, { minGroup: 5 });
      expect(few.rows).toEqual([]);
      expect(few.meta.withheld).toBeGreaterThan(0);
    }
  });
});

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function propertiesOf(keep: (event: Sent) => boolean): string[] {
  const kept = SEEN.filter((event) => inPeriod(event) && keep(event));
  return NAMES.flatMap((name) => {
    const events = kept.filter((event) => event.name === name);
    const kinds = countedBy(
      events.flatMap(({ properties }) =>
        Object.entries(properties).map(([key, value]) => `${typeOf(value)} ${key}`),
      ),
    );
    return [...kinds].map(([kind, carrying]) =>
      JSON.stringify([name, events.length, peopleOf(events), events.length, kind, carrying]),
    );
  }).toSorted();
}

const propertyRows = (rows: readonly Record<string, unknown>[]): string[] =>
  rows
    .map((row) =>
      JSON.stringify([
        row["event"],
        row["events"],
        row["people"],
        row["looked"],
        `${String(row["type"])} ${String(row["property"])}`,
        row["carrying"],
      ]),
    )
    .toSorted();

describe("event_properties", () => {
  it("counts what plain code counts, of all, of a segment and of groups", async () => {
    const { rows } = await asked("event_properties", PERIOD);
    expect(propertyRows(rows)).toEqual(propertiesOf(() => true));
    const filters = [{ property: "device", op: "=", value: "mobile" }];
    const mobile = propertiesOf(({ device }) => device === "mobile");
    expect(propertyRows((await asked("event_properties", { ...PERIOD, filters })).rows)).toEqual(
      mobile,
    );
    const grouped = await asked("event_properties", { ...PERIOD, breakdown: "device" });
    expect(propertyRows(grouped.rows.filter((row) => row["group"] === "mobile"))).toEqual(mobile);
    const byTier = await asked("event_properties", { ...PERIOD, breakdown: "traits.tier" });
    expect(propertyRows(byTier.rows.filter((row) => row["group"] === "rare"))).toEqual(
      propertiesOf(({ person }) => person < 3),
    );
  });
});

describe("event_properties of many events", () => {
  it("looks at a share of a frequent event and at all of a rare one, and says so", async () => {
    const day = { from: "2026-02-01", to: "2026-02-01" };
    await store.client.command({
      query: `INSERT INTO events (site_id, id, name, occurred_at, received_at, properties)
        SELECT 'default', toUUID('00000009-0000-7000-8000-' || leftPad(toString(number), 12, '0')),
          if(number < 30000, 'frequent', 'rare'), toDateTime64('2026-02-01 00:00:00', 3, 'UTC'), now64(3),
          if(number % 4 = 0, '{"quarter": 1}', '{}')::JSON
        FROM numbers(30500)`,
    });
    const [frequent, rare] = (await asked("event_properties", day)).rows;
    expect(frequent).toMatchObject({ event: "frequent", events: 30_000 });
    // A third of them, by their ids; six standard deviations.
    expect(Math.abs(Number(frequent?.["looked"]) - 10_000)).toBeLessThan(490);
    expect(Math.abs(Number(frequent?.["share"]) - 0.25)).toBeLessThan(0.026);
    expect(rare).toMatchObject({ event: "rare", events: 500, looked: 500, carrying: 125 });
  });
});

describe("what is read", () => {
  const explained = async (kind: string, name: string, input: object): Promise<string> => {
    const { meta } = await asked(name, input);
    const result = await store.client.query({
      query: `EXPLAIN ${kind} ${meta.sql}`,
      query_params: meta.params,
      format: "TabSeparatedRaw",
    });
    return result.text();
  };

  it.each([
    ["event_properties", PERIOD],
    ["coverage", { ...PERIOD, planned: [] }],
  ])("of %s is the period's partitions alone, without a plan", async (name, input) => {
    // That of December is left out.
    expect(await explained("indexes = 1", name, input)).toMatch(/Partition[\s\S]*?Parts: 2\/\d/);
  });

  it("of coverage is neither properties nor traits", async () => {
    const input = { ...PERIOD, planned: ["never"] };
    const columns = await explained("header = 1, actions = 0", "coverage", input);
    for (const unused of ["traits", "properties", "page_url"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

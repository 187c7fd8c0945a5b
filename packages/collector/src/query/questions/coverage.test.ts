/** Coverage against the same numbers counted in plain code, over random events with copies and bots. */
import { EVENT_NAMES, type Plan } from "@balise/schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countedBy,
  inPeriod,
  NAMES,
  openSentEvents,
  peopleOf,
  PERIOD,
  SEEN,
  type Sent,
  TO,
} from "../../testing/sent-events.js";
import { asker, explained } from "../../testing/question.js";
import type { TestStore } from "../../testing/store.js";

const PLANNED = ["never", "signed_up", "renewed", "it's", "older"];
const GOALS = ["renewed", "never"];

let store: TestStore;
beforeAll(async () => {
  store = await openSentEvents();
});
afterAll(async () => {
  await store.close();
});

const asked = asker(() => store);

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

describe("what is read", () => {
  it.each([
    ["event_properties", PERIOD],
    ["coverage", { ...PERIOD, planned: [] }],
  ])("of %s is the period's partitions alone, without a plan", async (name, input) => {
    // That of December is left out.
    expect(await explained(store, (await asked(name, input)).meta, "indexes = 1")).toMatch(
      /Partition[\s\S]*?Parts: 2\/\d/,
    );
  });

  it("of coverage is neither properties nor traits", async () => {
    const input = { ...PERIOD, planned: ["never"] };
    const columns = await explained(
      store,
      (await asked("coverage", input)).meta,
      "header = 1, actions = 0",
    );
    for (const unused of ["traits", "properties", "page_url"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

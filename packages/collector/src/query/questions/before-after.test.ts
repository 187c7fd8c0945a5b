/** Before and after a moment, against two answers of the question itself and plain code between them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askStore, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { visitRows } from "../../testing/page-visits.js";
import type { Answer } from "../ask.js";
import type { Asking } from "../query.js";

const DAY = 86_400_000;
const RELEASE = Date.UTC(2026, 0, 15);
const LATER = Date.UTC(2026, 1, 10);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const visits = Array.from({ length: 120 }, (_, n) => ({
    start: RELEASE + (n - 60) * 0.2 * DAY,
    pages: n < 60 ? (n % 3) + 1 : n % 4 === 0 ? 3 : 1,
    device: n % 5 === 0 ? "mobile" : n === 61 ? "tablet" : "desktop",
  }));
  await store.client.command({ query: "SYSTEM STOP MERGES" });
  const rows = [
    ...visitRows(visits),
    ...visitRows([{ start: RELEASE - 60 * DAY, pages: 1 }], "elsewhere"),
  ];
  const note = (id: string, at: number, more: object = {}): object => ({
    site_id: "default",
    annotation_id: id,
    kind: "release",
    starts_at: RELEASE,
    ends_at: RELEASE,
    received_at: at,
    ...more,
  });
  const notes = [
    note("v2", 1, { starts_at: RELEASE - 9 * DAY, ends_at: RELEASE - 9 * DAY }),
    note("v2", 2),
    note("works", 1, { starts_at: RELEASE - 2 * DAY, ends_at: RELEASE + DAY }),
    note("gone", 1),
    note("gone", 2, { removed: true }),
    note("elsewhere", 1, { site_id: "other" }),
  ];
  await store.client.insert({ table: "events", values: rows, format: "JSONEachRow" });
  await store.client.insert({ table: "events", values: rows.slice(40), format: "JSONEachRow" });
  await store.client.insert({ table: "annotations", values: notes, format: "JSONEachRow" });
});
afterAll(async () => {
  await store.close();
});

const answerOf = (name: string, input: object, asking?: Partial<Asking>): Promise<Answer> =>
  askStore(store, name, input, { now: () => LATER, ...asking });
const question = "sessions_summary";
const beforeAfter = (input: object, asking?: Partial<Asking>): Promise<Answer> =>
  answerOf("before_after", { question, ...input }, asking);

const iso = (moment: number): string => new Date(moment).toISOString();
const period = (from: number, to: number): object => ({ from: iso(from), to: iso(to) });

type Row = Record<string, unknown>;
const number = (row: Row | undefined, name: string): number => Number(row?.[name]);

/** One side's reach to an end of its interval. */
function interval(row: Row | undefined, [value, low, high]: readonly string[]): number[] {
  return [value, low, high].map((name) => number(row, name ?? ""));
}

/** The square-and-add interval of a difference, from both sides' own. */
function difference(after: number[], before: number[]): Row {
  const [a = 0, aLow = 0, aHigh = 0] = after;
  const [b = 0, bLow = 0, bHigh = 0] = before;
  return {
    difference: expect.closeTo(a - b, 9),
    low: expect.closeTo(a - b - Math.hypot(a - aLow, bHigh - b), 9),
    high: expect.closeTo(a - b + Math.hypot(aHigh - a, b - bLow), 9),
  };
}

/** Byar's interval of a count. */
function poisson(count: number): number[] {
  const z = 1.959963984540054;
  const end = (cases: number, reach: number): number =>
    cases * Math.pow(1 - 1 / 9 / cases + reach / 3 / Math.sqrt(cases), 3);
  return [count, count === 0 ? 0 : end(count, -z), end(count + 1, z)];
}

describe("before_after", () => {
  it("tells what the question answers of both periods, and the interval of each difference", async () => {
    const { rows, meta } = await beforeAfter({ annotation: "v2", days: 7 });
    const [after] = (await answerOf(question, period(RELEASE, RELEASE + 7 * DAY))).rows;
    const [before] = (await answerOf(question, period(RELEASE - 7 * DAY, RELEASE))).rows;
    const of = (measure: string): Row | undefined => rows.find((row) => row["measure"] === measure);
    const share = ["bounceRate", "bounceLow", "bounceHigh"];
    expect(of("bounceRate")).toMatchObject({
      row: "",
      kind: "share",
      before: before?.["bounceRate"],
      after: after?.["bounceRate"],
      nBefore: 35,
      nAfter: 35,
      ...difference(interval(after, share), interval(before, share)),
      changed: true,
    });
    const mean = ["pagesPerSession", "pagesLow", "pagesHigh"];
    expect(of("pagesPerSession")).toMatchObject(
      difference(interval(after, mean), interval(before, mean)),
    );
    const counts = [after, before].map((row) => poisson(number(row, "bounces")));
    expect(of("bounces")).toMatchObject({
      kind: "count",
      nBefore: null,
      ...difference(counts[0] ?? [], counts[1] ?? []),
    });
    expect(of("medianSeconds")).toMatchObject({ before: null, difference: null, changed: false });
    expect(rows.map((row) => Object.keys(row))).toEqual(
      rows.map(() => meta.columns.map(({ name }) => name)),
    );
  });

  it("leaves out what lies within an annotation, unless it is told where the time after begins", async () => {
    const sessions = async (more: object): Promise<unknown[]> => {
      const { rows } = await beforeAfter({ annotation: "works", days: 4, ...more });
      return ["before", "after"].map((side) => rows[0]?.[side]);
    };
    const counted = async (from: number): Promise<unknown> =>
      (await answerOf(question, period(from, from + 4 * DAY))).rows[0]?.["sessions"];
    const before = await counted(RELEASE - 6 * DAY);
    expect(await sessions({})).toEqual([before, await counted(RELEASE + DAY)]);
    const since = iso(RELEASE - 2 * DAY);
    expect(await sessions({ since })).toEqual([before, await counted(RELEASE - 2 * DAY)]);
  });

  it("shortens both periods to what has passed since", async () => {
    const { meta } = await beforeAfter(
      { at: "2026-01-15", days: 30 },
      { now: () => RELEASE + 2.5 * DAY },
    );
    expect(meta.params).toMatchObject({
      from: RELEASE,
      to: RELEASE + 2.5 * DAY,
      other_from: RELEASE - 2.5 * DAY,
      other_to: RELEASE,
    });
  });

  it("names the row of a question with several, and withholds its small groups", async () => {
    const parameters = { breakdown: "device" };
    const { rows, meta } = await beforeAfter({ parameters, annotation: "v2" });
    expect([...new Set(rows.map((row) => row["row"]))]).toEqual(["desktop", "mobile"]);
    expect(meta.withheld).toBe(1);
    const none = await beforeAfter({ parameters, annotation: "v2" }, { minGroup: 1000 });
    expect(none).toMatchObject({ rows: [], meta: { withheld: 3 } });
    const steps = ["page_view", "page_view"];
    const funnel = await beforeAfter({
      question: "funnel",
      parameters: { steps, windowSeconds: 60 },
      annotation: "v2",
    });
    const share = funnel.rows.find(
      (row) => row["row"] === "2 · page_view" && row["measure"] === "shareOfFirst",
    );
    expect(share).toMatchObject({ low: expect.any(Number), changed: true });
  });

  it.each([
    [{ annotation: "never" }, /there is no annotation ..never../],
    [{ annotation: "gone" }, /there is no annotation ..gone../],
    [{ annotation: "elsewhere" }, /there is no annotation/],
    [{}, /name the annotation, or the moment with at/],
    [{ annotation: "v2", at: "2026-01-15" }, /name the annotation, or the moment with at/],
    [{ at: "2026-01-15", question: "nothing" }, /..nothing.. is no question/],
    [{ at: "2026-01-15", question: "live_events" }, /..live_events.. is not asked of two periods/],
    [{ at: "2026-01-15", parameters: { from: "2026-01-01" } }, /is what days and at say/],
    [{ at: "2026-01-15", parameters: { nothing: 1 } }, /nothing/],
    [{ at: "2026-01-15", since: "2026-01-14" }, /2026-01-14 is before 2026-01-15/],
    [{ at: "2026-03-15" }, /nothing can be known yet of the time after 2026-03-15/],
  ])("refuses %j", async (input, message) => {
    await expect(beforeAfter(input)).rejects.toThrow(message);
  });

  it("reads the partitions and columns of its two periods alone", async () => {
    const { meta } = await beforeAfter({ at: "2026-01-15", days: 7 });
    // What lies in other months is never read.
    const parts = [
      ...(await explained(store, meta, "indexes = 1")).matchAll(
        /Min-Max[\s\S]*?Parts: (\d+)\/(\d+)/g,
      ),
    ];
    expect(parts.length).toBeGreaterThan(0);
    for (const [, read, all] of parts) expect(Number(read)).toBeLessThan(Number(all));
    expect(await explained(store, meta, "header = 1, actions = 0")).not.toContain("page_url");
  });
});

describe("annotations", () => {
  it("are those that overlap the period, as they were told last", async () => {
    const names = async (from: number, to: number): Promise<unknown[]> =>
      (await answerOf("annotations", period(from, to))).rows.map((row) => row["annotation"]);
    expect(await names(RELEASE - 10 * DAY, RELEASE + DAY)).toEqual(["works", "v2"]);
    expect(await names(RELEASE - 10 * DAY, RELEASE - 5 * DAY)).toEqual([]);
    expect(await names(RELEASE - DAY, RELEASE)).toEqual(["works"]);
    expect(await names(RELEASE, RELEASE + 1)).toEqual(["works", "v2"]);
    expect(await names(RELEASE + DAY + 1, RELEASE + 2 * DAY)).toEqual([]);
  });

  it("read their site alone", async () => {
    const { meta } = await answerOf("annotations", {});
    expect(await explained(store, meta, "indexes = 1")).toMatch(/PrimaryKey[\s\S]*site_id/);
  });
});

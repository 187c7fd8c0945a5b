/** The summary of sessions against the same numbers computed in plain code, and all that a question gets by its definition. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomRevisions, storeEvents, storeRevisions } from "../../testing/answers.js";
import { askStore, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import type { Answer } from "../ask.js";
import type { Asking } from "../query.js";
import { QUERIES } from "../registry.js";

const T0 = Date.UTC(2026, 0, 10, 8);
const DAY = 86_400_000;
const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

interface Visit {
  person: number;
  start: number;
  pages: number;
  clicks: number;
  seconds: number[];
  device: string;
  plan: string | undefined;
}

/** Forty visits of twenty people on two days, and some a month before. */
const VISITS: Visit[] = Array.from({ length: 60 }, (_, n) => ({
  person: n % 20,
  start: T0 + (n % 2) * DAY + n * 60_000 - (n >= 40 ? 30 * DAY : 0),
  pages: n % 3 === 0 ? 1 : (n % 4) + 1,
  clicks: n % 5 === 0 ? 1 : 0,
  seconds: n % 7 === 0 ? [] : [n + 0.5, 3],
  device: n % 20 === 19 ? "tablet" : n % 4 === 0 ? "mobile" : "desktop",
  plan: n % 20 < 3 ? "rare" : n % 20 < 12 ? "gold" : undefined,
}));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  let id = 0;
  const values = VISITS.flatMap((visit, n) => {
    const event = (name: string, offset: number, more: object = {}): object => ({
      site_id: "default",
      id: uuid(1, id++),
      name,
      occurred_at: visit.start + offset,
      received_at: visit.start + offset,
      anonymous_id: uuid(2, visit.person),
      session_id: uuid(3, n),
      device: offset === 0 ? visit.device : "other",
      ...more,
    });
    return [
      ...Array.from({ length: visit.pages }, (_, page) => event("page_view", page * 1000)),
      ...Array.from({ length: visit.clicks }, () => event("click", 500)),
      ...visit.seconds.map((seconds, at) =>
        event("visible_time", 10_000 + at, { properties: { seconds } }),
      ),
      ...(visit.plan === undefined || n < 20
        ? []
        : [event("identify", 20_000, { traits: { plan: visit.plan } })]),
    ];
  });
  await store.client.command({ query: "SYSTEM STOP MERGES events" });
  for (const rows of [values, values.slice(0, 90)]) {
    await store.client.insert({ table: "events", values: rows, format: "JSONEachRow" });
  }
});
afterAll(async () => {
  await store.close();
});

const summary = (input: object, asking?: Partial<Asking>): Promise<Answer> =>
  askStore(store, "sessions_summary", input, asking);

const JANUARY = { from: "2026-01-01", to: "2026-01-31" };

/** Visit 20 on carries an identify for those with a plan, which is an interaction. */
const isBounce = (visit: Visit, n: number): boolean =>
  visit.pages === 1 && visit.clicks === 0 && (visit.plan === undefined || n < 20);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function expected(keep: (visit: Visit) => boolean): Record<string, unknown> {
  const visits = VISITS.map((visit, n) => ({ visit, n })).filter(({ visit }) => keep(visit));
  const bounces = visits.filter(({ visit, n }) => isBounce(visit, n)).length;
  const times = visits
    .map(({ visit }) => visit.seconds.reduce((sum, seconds) => sum + seconds, 0))
    .filter((seconds) => seconds > 0)
    .toSorted((a, b) => a - b);
  const middle = (times.length - 1) / 2;
  return {
    sessions: visits.length,
    people: new Set(visits.map(({ visit }) => visit.person)).size,
    bounces,
    bounceRate: bounces / visits.length,
    timed: times.length,
    medianSeconds: mean([times[Math.floor(middle)] ?? 0, times[Math.ceil(middle)] ?? 0]),
    meanSeconds: mean(times),
    pagesPerSession: mean(visits.map(({ visit }) => visit.pages)),
  };
}

const close = (row: Record<string, unknown> | undefined, wanted: Record<string, unknown>): void => {
  const rounded = (value: unknown): number => Number(Number(value).toFixed(9));
  const names = Object.keys(wanted);
  expect(Object.fromEntries(names.map((name) => [name, rounded(row?.[name])]))).toEqual(
    Object.fromEntries(names.map((name) => [name, rounded(wanted[name])])),
  );
};

const inJanuary = ({ start }: Visit): boolean => start >= Date.UTC(2026, 0, 1);

describe("sessions_summary", () => {
  it("counts what plain code counts, copies or not", async () => {
    const { rows } = await summary(JANUARY);
    close(rows[0], expected(inJanuary));
    expect(rows).toHaveLength(1);
  });

  it("groups and filters by the first event of a session", async () => {
    const { rows } = await summary({ ...JANUARY, breakdown: "device" });
    expect(rows.map((row) => row["group"])).toEqual(["desktop", "mobile"]);
    close(
      rows[1],
      expected((visit) => inJanuary(visit) && visit.device === "mobile"),
    );
    const filters = [{ property: "device", op: "=", value: "desktop" }];
    const only = await summary({ ...JANUARY, filters });
    close(
      only.rows[0],
      expected((visit) => inJanuary(visit) && visit.device === "desktop"),
    );
  });

  it("withholds groups under the floor and tells how many, all of them too", async () => {
    const some = await summary({ ...JANUARY, breakdown: "device" });
    expect(some.meta.withheld).toBe(1);
    expect(Object.keys(some.rows[0] ?? {})).not.toContain("withheld");
    const all = await summary({ ...JANUARY, breakdown: "device" }, { minGroup: 50 });
    expect(all).toMatchObject({ rows: [], meta: { withheld: 3 } });
    const none = await summary({ ...JANUARY, breakdown: "device" }, { minGroup: 1 });
    expect(none.rows).toHaveLength(3);
    expect((await summary(JANUARY, { minGroup: 50 })).rows).toHaveLength(1);
  });

  it("knows a trait of a person wherever it was told, and withholds a total that it singles out", async () => {
    const { rows, meta } = await summary({ ...JANUARY, breakdown: "traits.plan" });
    expect(rows.map((row) => row["group"])).toEqual(["gold", ""]);
    expect(meta.withheld).toBe(1);
    close(
      rows[0],
      expected((visit) => inJanuary(visit) && visit.plan === "gold"),
    );
    const filters = [{ property: "traits.plan", op: "=", value: "rare" }];
    expect(await summary({ ...JANUARY, filters })).toMatchObject({
      rows: [],
      meta: { withheld: 1 },
    });
    const shown = await summary({ ...JANUARY, filters }, { minGroup: 3 });
    close(
      shown.rows[0],
      expected((visit) => inJanuary(visit) && visit.plan === "rare"),
    );
  });

  it("compares with another period by Newcombe's interval", async () => {
    const compare = { from: "2025-12-01", to: "2025-12-31" };
    const { rows, meta } = await summary({ ...JANUARY, compare });
    const [row] = rows;
    close(row, expected(inJanuary));
    const [p, low, high] = ["bounceRate", "bounceLow", "bounceHigh"].map((name) =>
      Number(row?.[name]),
    );
    const [p2, low2, high2] = ["bounceRateOther", "bounceLowOther", "bounceHighOther"].map((name) =>
      Number(row?.[name]),
    );
    if (p === undefined || low === undefined || high === undefined) throw new Error("no interval");
    if (p2 === undefined || low2 === undefined || high2 === undefined) throw new Error("no other");
    close(row, {
      sessionsOther: 20,
      sessionsDifference: 20,
      sessionsRatio: 2,
      bounceRateDifference: p - p2,
      bounceRateDifferenceLow: p - p2 - Math.hypot(p - low, high2 - p2),
      bounceRateDifferenceHigh: p - p2 + Math.hypot(high - p, p2 - low2),
    });
    expect(Object.keys(row ?? {})).toEqual(meta.columns.map(({ name }) => name));
  });

  it("compares with the period before, a year ago, and another segment, by group", async () => {
    const before = await summary({ from: "2026-01-11", to: "2026-01-11", compare: "previous" });
    expect(before.rows[0]).toMatchObject({ sessions: 20, sessionsOther: 20 });
    const year = await summary({ ...JANUARY, compare: "year" });
    expect(year.rows[0]).toMatchObject({ sessions: 40, sessionsOther: 0, sessionsRatio: null });
    const filters = [{ property: "device", op: "=", value: "mobile" }];
    const segment = await summary({ ...JANUARY, compare: { filters }, breakdown: "device" });
    expect(segment.rows.map((row) => [row["group"], row["sessionsOther"]])).toEqual([
      ["desktop", null],
      ["mobile", 10],
    ]);
    const byDay = { ...JANUARY, breakdown: "day" };
    await expect(summary({ ...byDay, compare: "previous" })).rejects.toThrow(/by day/);
    const days = await summary({ ...byDay, compare: { filters } });
    expect(days.rows.map((row) => [row["group"], row["sessions"], row["sessionsOther"]])).toEqual([
      ["2026-01-10", 20, 10],
      ["2026-01-11", 20, null],
    ]);
    await expect(summary({ compare: "previous" })).rejects.toThrow(
      /needs the period's from and to/,
    );
  });

  it("refuses a field that there is not, naming those that there are", async () => {
    await expect(summary({ breakdown: "a`b" })).rejects.toThrow(/no field of events.*device/);
  });

  it("reads its period's partitions and its own columns alone", async () => {
    const { meta } = await summary(JANUARY);
    // Two of three parts: that of December ends long before the day that is read before the period.
    const indexes = await explained(store, meta, "indexes = 1");
    expect(indexes).toMatch(/Partition[\s\S]*?Parts: 2\/\d/);
    const columns = await explained(store, meta, "header = 1, actions = 0");
    for (const unused of ["traits", "page_url", "acquisition_channel"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

describe("views", () => {
  beforeAll(async () => {
    const answers = randomRevisions(1, 300);
    await storeRevisions(store, answers);
    await storeEvents(
      store,
      answers.map(({ time, device, session }) => ({
        name: "survey_shown",
        time: time - 1000,
        device,
        session,
        columns: { outcome: "success" },
      })),
    );
  });

  const examples = [...QUERIES.values()].flatMap((query) => query.sqlViews("default"));

  it.each(examples)("$name answers its example, with the columns over HTTP", async (view) => {
    const result = await store.client.query({ query: view.example, format: "JSON" });
    const names = (await result.json()).meta?.map(({ name }) => name);
    const columns = QUERIES.get(view.name)?.row ?? [];
    expect(names).toEqual(expect.arrayContaining(columns.map(({ name }) => name)));
    expect(names?.length).toBeGreaterThan(0);
  });

  it("have the numbers that are answered over HTTP", async () => {
    const result = await store.client.query({
      query: "SELECT * FROM sessions_summary(from = '2026-01-01', to = '2026-02-01')",
      format: "JSONEachRow",
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    });
    expect(await result.json()).toEqual((await summary(JANUARY)).rows);
  });
});

/** The numbers over time against the same ones computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mean, student, wilson } from "../../testing/intervals.js";
import { expectRows } from "../../testing/expect-rows.js";
import { askStore } from "../../testing/question.js";
import { columnsOf, readsOf } from "../../testing/shop/ask.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { groupedBy, inTime } from "../../testing/plain.js";
import { DAY, madeUpVisits, startOf, storeVisits, type VisitEvent } from "../../testing/visits.js";

const VISITS = madeUpVisits(600);
const PERIOD = { from: "2026-01-06", to: "2026-01-25" };
const BUCKETS = ["hour", "day", "week", "month"] as const;
/** Student's quantile is an expansion in SQL, and times its deviation it is right to these. */
const DIGITS = 4;

/** Years before all others. */
const LONG_AGO: VisitEvent = {
  id: "00000007-0000-7000-8000-000000000001",
  person: 1,
  session: 1000,
  name: "page_view",
  time: Date.UTC(2010, 0, 1),
  page: "/a",
  outcome: "",
  seconds: 0,
  device: "mobile",
};
type Bucket = (typeof BUCKETS)[number];

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeVisits(store.client, [...VISITS, LONG_AGO]);
});
afterAll(async () => {
  await store.close();
});

const rowsOf = async (input: object): Promise<Record<string, unknown>[]> =>
  (await askStore(store, "time_series", { ...PERIOD, ...input }, { minGroup: 1 })).rows;

const within = ({ time }: VisitEvent): boolean =>
  time >= Date.parse(PERIOD.from) && time < Date.parse("2026-01-26");
const people = (events: readonly VisitEvent[]): number =>
  new Set(events.map(({ person }) => person)).size;
const count = (events: readonly VisitEvent[], name: string): number =>
  events.filter((event) => event.name === name).length;
const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : mean(values);
/** Rounded: an end that is 0 or 1 is so exactly, as in SQL. */
const boundsOf = (x: number, n: number): readonly (number | null)[] =>
  n === 0 ? [null, null] : wilson(x, n).map((end) => Number(end.toFixed(9)));

const PASSIVE = ["visible_time", "scroll_depth", "page_view"];

/** The bucket after one, by the calendar. */
const after = (bucket: Bucket, time: number): number => {
  const date = new Date(time);
  if (bucket === "hour") date.setUTCHours(date.getUTCHours() + 1);
  if (bucket === "day") date.setUTCDate(date.getUTCDate() + 1);
  if (bucket === "week") date.setUTCDate(date.getUTCDate() + 7);
  if (bucket === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  return date.getTime();
};

function plain(bucket: Bucket, goal: string, all: readonly VisitEvent[], last?: number): object[] {
  const events = inTime(all).filter(within);
  const sessions = [...groupedBy(inTime(all), ({ session }) => session).values()].filter(
    ([first]) => first !== undefined && within(first),
  );
  const starts = events.map(({ time }) => startOf[bucket](time));
  const end = last ?? Math.max(...starts);
  const rows: object[] = [];
  for (let time = Math.min(...starts); time <= end; time = after(bucket, time)) {
    const here = events.filter((event) => startOf[bucket](event.time) === time);
    const begun = sessions.filter(([first]) => startOf[bucket](first?.time ?? 0) === time);
    const bounces = begun.filter(
      (one) => count(one, "page_view") === 1 && one.every(({ name }) => PASSIVE.includes(name)),
    );
    const seconds = begun
      .map((one) =>
        one.reduce((sum, event) => sum + (event.name === "visible_time" ? event.seconds : 0), 0),
      )
      .filter((sum) => sum > 0);
    const converted = people(here.filter(({ name }) => name === goal));
    const pages = begun.map((one) => count(one, "page_view"));
    const [conversionLow, conversionHigh] = boundsOf(converted, goal === "" ? 0 : people(here));
    const [bounceLow, bounceHigh] = boundsOf(bounces.length, begun.length);
    const [pagesLow, pagesHigh] = student(pages);
    const [meanSecondsLow, meanSecondsHigh] = student(seconds);
    rows.push({
      time: new Date(time).toISOString(),
      people: people(here),
      pageViews: count(here, "page_view"),
      converted: goal === "" ? null : converted,
      conversion: goal === "" || here.length === 0 ? null : converted / people(here),
      conversionLow,
      conversionHigh,
      sessions: begun.length,
      bounces: bounces.length,
      bounceRate: begun.length === 0 ? null : bounces.length / begun.length,
      bounceLow,
      bounceHigh,
      pagesPerSession: meanOf(pages),
      pagesLow,
      pagesHigh,
      timed: seconds.length,
      meanSeconds: meanOf(seconds),
      meanSecondsLow,
      meanSecondsHigh,
    });
  }
  return rows;
}

describe("time_series", () => {
  it.each(BUCKETS)("by %s is what plain code finds, empty times included", async (bucket) => {
    for (const goal of ["", "paid"]) {
      expectRows(await rowsOf({ bucket, goal }), plain(bucket, goal, VISITS), DIGITS);
    }
  });

  it("has hours in which nothing happened", async () => {
    const rows = await rowsOf({ bucket: "hour" });
    expect(rows.some((row) => row["people"] === 0 && row["bounceRate"] === null)).toBe(true);
  });

  it("follows each group to the last row of all", async () => {
    const rows = await rowsOf({ bucket: "hour", breakdown: "device" });
    const end = startOf.hour(
      Math.max(...VISITS.filter((event) => within(event)).map(({ time }) => time)),
    );
    for (const device of ["desktop", "mobile"]) {
      expectRows(
        rows.filter((row) => row["group"] === device),
        plain(
          "hour",
          "",
          VISITS.filter((event) => event.device === device),
          end,
        ).map((row) => ({ group: device, ...row })),
        DIGITS,
      );
    }
  });

  it("leaves out times in which nothing happened where there are too many of them", async () => {
    const all = [LONG_AGO, ...VISITS];
    const hours = await rowsOf({ bucket: "hour", from: "2009-01-01", to: "2026-12-31" });
    expect(hours).toHaveLength(new Set(all.map(({ time }) => startOf.hour(time))).size);
    const days = await rowsOf({ bucket: "day", from: "2009-01-01", to: "2026-12-31" });
    const last = Math.max(...all.map(({ time }) => startOf.day(time)));
    expect(days).toHaveLength((last - LONG_AGO.time) / DAY + 1);
  });

  it.each(BUCKETS)("says of each %s what sessions_summary says of it", async (bucket) => {
    const names = ["sessions", "bounces", "bounceLow", "pagesHigh", "timed", "meanSecondsLow"];
    const pick = (time: unknown, row: Record<string, unknown>): object => ({
      time: Date.parse(String(time)),
      ...Object.fromEntries(names.map((name) => [name, row[name]])),
    });
    const split = { ...PERIOD, breakdown: bucket };
    const summary = await askStore(store, "sessions_summary", split, { minGroup: 1 });
    const rows = await rowsOf({ bucket });
    expectRows(
      rows.filter((row) => Number(row["sessions"]) > 0).map((row) => pick(row["time"], row)),
      summary.rows.map((row) => pick(row["group"], row)),
    );
  });

  it("withholds a group of few people, all of its rows alike", async () => {
    const input = { ...PERIOD, breakdown: "device", bucket: "month" };
    const { rows, meta } = await askStore(store, "time_series", input, { minGroup: 9 });
    expect(meta.withheld).toBe(1);
    expect(new Set(rows.map((row) => row["group"]))).toEqual(new Set(["desktop"]));
  });

  it("reads its own columns and the partitions of its period alone", async () => {
    const answer = await askStore(store, "time_series", PERIOD, { minGroup: 1 });
    expect(await readsOf(store, answer)).toMatch(/Partition[\s\S]*?Parts: (\d+)\/(?!\1\b)\d+/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("person_key");
    for (const unused of ["traits", "outcome", "page_path"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

/** Two periods or two segments side by side. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FunnelStore,
  openFunnelStore,
  type Row,
  T0,
  uuid,
} from "../../testing/funnel-store.js";

let test: FunnelStore;
const DAY = 86_400_000;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

/** People who enter at a time, of whom some go on. */
function people(
  kind: number,
  count: number,
  going: number,
  time: number,
  device = "mobile",
): Row[] {
  return Array.from({ length: count }, (_, n) => n).flatMap((n) => {
    const row = { device: kind * 1000 + n, columns: { device } };
    const first = { id: uuid(kind, n), name: "a", time, ...row };
    return n < going
      ? [first, { ...first, id: uuid(kind + 50, n), name: "b", time: time + 1 }]
      : [first];
  });
}

describe("a funnel compared", () => {
  it("with the period before gives the difference and Newcombe's interval of it", async () => {
    const site = test.newSite();
    // Newcombe (1998), table II, example a: 56/70 against 48/80 is 0.0524 to 0.3339 by method 10.
    await test.insert([...people(1, 70, 56, T0), ...people(2, 80, 48, T0 - DAY)], site);
    const [first, second] = await test.funnel(
      { steps: ["a", "b"], from: "2026-01-10", to: "2026-01-10", compare: "previous" },
      site,
    );
    expect(first).toMatchObject({
      people: 70,
      peopleOther: 80,
      shareOfFirstDifference: 0,
      shareOfFirstDifferenceLow: 0,
      shareOfFirstDifferenceHigh: 0,
    });
    expect(second).toMatchObject({
      people: 56,
      peopleOther: 48,
      shareOfFirst: 0.8,
      shareOfFirstOther: 0.6,
    });
    expect(second?.["shareOfFirstDifference"]).toBeCloseTo(0.2, 12);
    expect(second?.["shareOfFirstDifferenceLow"]).toBeCloseTo(0.0524, 4);
    expect(second?.["shareOfFirstDifferenceHigh"]).toBeCloseTo(0.3339, 4);
  });

  it("has an interval that holds the difference where all or none go on", async () => {
    const site = test.newSite();
    // Newcombe (1998), table II, example h: 10/10 against 0/10 is 0.6075 to 1.
    await test.insert([...people(1, 10, 10, T0), ...people(2, 10, 0, T0 - DAY)], site);
    const [, second] = await test.funnel(
      { steps: ["a", "b"], from: "2026-01-10", to: "2026-01-10", compare: "previous" },
      site,
    );
    expect(second).toMatchObject({ shareOfFirstDifference: 1, shareOfFirstDifferenceHigh: 1 });
    expect(second?.["shareOfFirstDifferenceLow"]).toBeCloseTo(0.6075, 4);
  });

  it("with a year before, another period and another segment takes each for what it is", async () => {
    const site = test.newSite();
    const year = Date.UTC(2025, 0, 10);
    await test.insert(
      [
        ...people(1, 4, 2, T0),
        ...people(2, 5, 1, year),
        ...people(3, 6, 3, T0 + DAY),
        ...people(4, 7, 7, T0, "desktop"),
      ],
      site,
    );
    const mobile = [{ property: "device", op: "=", value: "mobile" }];
    const desktop = [{ property: "device", op: "=", value: "desktop" }];
    const period = { from: "2026-01-10", to: "2026-01-10" };
    const compared = async (compare: unknown, more: object = {}): Promise<unknown[]> => {
      const rows = await test.funnel(
        { steps: ["a", "b"], ...period, filters: mobile, compare, ...more },
        site,
      );
      return rows.map((row) => [row["people"], row["peopleOther"]]);
    };
    expect(await compared("year")).toEqual([
      [4, 5],
      [2, 1],
    ]);
    expect(await compared({ from: "2026-01-11", to: "2026-01-11" })).toEqual([
      [4, 6],
      [2, 3],
    ]);
    expect(await compared({ filters: desktop })).toEqual([
      [4, 7],
      [2, 7],
    ]);
    expect(await compared({ filters: [] })).toEqual([
      [4, 11],
      [2, 9],
    ]);
    expect(await compared("previous")).toEqual([
      [4, 0],
      [2, 0],
    ]);
    expect(await compared({ filters: [] }, { order: "unordered" })).toEqual([
      [4, 11],
      [2, 9],
    ]);
    expect(await compared({ filters: [] }, { steps: ["a", "a"] })).toEqual([
      [4, 11],
      [0, 0],
    ]);
    const groups = await test.funnel(
      { steps: ["a", "b"], ...period, breakdown: "device", compare: { from: "2026-01-11" } },
      site,
    );
    expect(
      groups.map((row) => [
        row["group"],
        row["people"],
        row["peopleOther"],
        row["shareOfFirstDifference"],
      ]),
    ).toEqual([
      ["desktop", 7, 0, null],
      ["desktop", 7, 0, null],
      ["mobile", 4, 6, 0],
      ["mobile", 2, 3, 0],
    ]);
  });

  it("is refused without a period to go back from, and by day", async () => {
    const refused = (more: object): Promise<unknown> =>
      test.funnel({ steps: ["a"], ...more }, "none");
    await expect(refused({ compare: "previous" })).rejects.toThrow(
      /needs the period's from and to/,
    );
    await expect(refused({ compare: "year", from: "2026-01-01" })).rejects.toThrow(/from and to/);
    await expect(refused({ compare: { from: "2026-01-01" }, breakdown: "day" })).rejects.toThrow(
      /by day/,
    );
    await expect(refused({ compare: "last" })).rejects.toThrow(/compare/);
    await expect(refused({ compare: { from: "2026-02-02", to: "2026-01-01" } })).rejects.toThrow(
      /not after/,
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupsOf } from "./groups.js";
import { outliersOf } from "./outliers.js";
import { groupRows } from "../testing/group-rows.js";

const outliers = (groups: Record<string, number[]>) =>
  outliersOf(groupsOf(Object.entries(groups).flatMap(([name, counts]) => groupRows(name, counts))));

describe("the marked groups of a step", () => {
  it("is the one that departs most from the others together", () => {
    expect(outliers({ a: [500, 250], b: [400, 202], c: [300, 60], d: [200, 130] })).toEqual([
      { group: "c", step: 2, share: 0.2, others: 582 / 1100 },
    ]);
  });

  it("is the lower one of two", () => {
    expect(outliers({ high: [500, 400], low: [300, 60] })).toMatchObject([{ group: "low" }]);
  });

  it("is none where the intervals overlap", () => {
    expect(outliers({ a: [500, 250], b: [400, 190] })).toEqual([]);
  });

  it("is none of fewer than 30, nor where the others are fewer than 30", () => {
    expect(outliers({ a: [500, 250], b: [29, 0] })).toEqual([]);
    expect(outliers({ a: [500, 250], b: [30, 0] })).toMatchObject([{ group: "b" }]);
  });

  it("goes by the share of the step before, so that one bad step marks no later one", () => {
    expect(outliers({ a: [800, 400, 200], b: [800, 80, 40] })).toMatchObject([
      { group: "b", step: 2 },
    ]);
  });

  it("is at most one, and stands apart from the rest", () => {
    const counts = fc.tuple(fc.nat(900), fc.nat(900)).map((pair) => pair.toSorted((x, y) => y - x));
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 6 }), (all) => {
        const marked = outliers(Object.fromEntries(all.map((pair, index) => [`g${index}`, pair])));
        expect(marked.length).toBeLessThanOrEqual(1);
        for (const { share, others } of marked) expect(share).not.toBeCloseTo(others, 2);
      }),
    );
  });
});

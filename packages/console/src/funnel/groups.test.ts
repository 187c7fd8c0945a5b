import { describe, expect, it } from "vitest";
import type { FunnelRow } from "../api/types.js";
import { extremes, groupsOf } from "./groups.js";

const rows = (group: string, first: number, last: number): FunnelRow[] =>
  [first, last].map((people, index) => ({
    step: index + 1,
    name: `s${index + 1}`,
    people,
    shareOfFirst: people / first,
    shareOfPrevious: people / first,
    low: null,
    high: null,
    medianSeconds: null,
    p90Seconds: null,
    medianTotalSeconds: null,
    p90TotalSeconds: null,
    group,
  }));

describe("groups of a broken-down funnel", () => {
  it("come with the largest first, each in the order of its steps", () => {
    const groups = groupsOf([...rows("small", 40, 20).toReversed(), ...rows("large", 900, 9)]);
    expect(groups.map(({ name }) => name)).toEqual(["large", "small"]);
    expect(groups[1]?.steps.map(({ step }) => step)).toEqual([1, 2]);
  });

  it("are the highest and the lowest only when they are large enough", () => {
    const groups = groupsOf([...rows("tiny", 3, 3), ...rows("a", 100, 50), ...rows("b", 200, 20)]);
    const ends = extremes(groups);
    expect(ends?.highest.name).toBe("a");
    expect(ends?.lowest.name).toBe("b");
  });

  it("are not compared when there is only one", () => {
    expect(extremes(groupsOf(rows("a", 100, 50)))).toBeNull();
  });
});

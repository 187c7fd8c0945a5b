import { describe, expect, it } from "vitest";
import { extremes, groupsOf } from "./groups.js";
import { groupRows } from "../testing/group-rows.js";

const rows = (group: string, first: number, last: number) => groupRows(group, [first, last]);

describe("groups of a broken-down funnel", () => {
  it("come with the largest first, each in the order of its steps", () => {
    const groups = groupsOf([...rows("small", 40, 20).toReversed(), ...rows("large", 900, 9)]);
    expect(groups.map(({ name }) => name)).toEqual(["large", "small"]);
    expect(groups[1]?.steps.map(({ step }) => step)).toEqual([1, 2]);
  });

  it("come in the order of time when they are days or weeks", () => {
    const weeks = [
      ...rows("2026-03-09", 900, 9),
      ...rows("2026-03-02", 40, 20),
      ...rows("2026-02-23", 50, 20),
    ];
    const names = groupsOf(weeks, "week").map(({ name }) => name);
    expect(names).toEqual(["2026-02-23", "2026-03-02", "2026-03-09"]);
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

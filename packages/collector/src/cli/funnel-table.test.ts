import { describe, expect, it } from "vitest";
import { funnelTable } from "./funnel-table.js";

const row = (
  step: number,
  name: string,
  people: number,
  more: object = {},
): Record<string, unknown> => ({
  step,
  name,
  people,
  shareOfFirst: people / 200,
  shareOfPrevious: people / 200,
  low: people / 200 - 0.05,
  high: people / 200,
  medianSeconds: step === 1 ? null : 93,
  p90Seconds: step === 1 ? null : 93_600,
  ...more,
});

describe("the table of a funnel", () => {
  it("has a bar as long as the share, with the interval and the times in words", () => {
    const lines = funnelTable([
      row(1, "page_view", 200),
      row(2, "paid", 50),
      row(3, "thanked", 0),
    ]).split("\n");
    expect(lines[0]).toMatch(/^step +people +of first +95 % +of previous +median +p90$/);
    expect(lines[1]).toMatch(/^1 page_view {2}█{24} +200 +100\.0 % +95\.0–100\.0 +100\.0 % +– +–$/);
    expect(lines[2]).toMatch(
      /^2 paid +█{6} +50 +25\.0 % +20\.0–25\.0 +25\.0 % +1 m 33 s +1 d 2 h$/,
    );
    expect(lines[3]).toMatch(/^3 thanked +0 +0\.0 %/);
  });

  it("names groups, tells the difference of a comparison in points, and what the goal is worth", () => {
    const other = {
      peopleOther: 10,
      shareOfFirstOther: 0.5,
      shareOfFirstDifference: -0.25,
      shareOfFirstDifferenceLow: -0.4,
      shareOfFirstDifferenceHigh: 0.01,
    };
    const goals = [
      { currency: "EUR", people: 50, sum: 1234.5, mean: 24.69, low: null, high: null },
    ];
    const text = funnelTable([
      row(1, "a", 200, { ...other, group: "" }),
      row(2, "b", 50, { ...other, goals, group: "" }),
    ]);
    expect(text).toContain("(none)");
    expect(text).toMatch(/10 +50\.0 % +−25\.0 +−40\.0 to \+1\.0/);
    expect(text).toContain("1,234.50 EUR of 50, 24.69 each");
    expect(text).toContain("Newcombe");
  });

  it("says so when there is nobody, and lets no name move the cursor", () => {
    expect(funnelTable([])).toContain("nobody");
    expect(funnelTable([row(1, "a\u001B[2J", 1)])).not.toContain("\u001B");
  });
});

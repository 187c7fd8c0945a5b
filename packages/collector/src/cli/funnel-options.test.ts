import { describe, expect, it } from "vitest";
import { funnelParameters, secondsOf } from "./funnel-options.js";

const plain = { window: "7d", by: "person", order: "ordered" };

describe("the options of balise funnel", () => {
  it("become the parameters of the question", () => {
    expect(funnelParameters(["a", "b|c"], plain)).toEqual({
      steps: ["a", ["b", "c"]],
      windowSeconds: 604_800,
      by: "person",
      order: "ordered",
    });
    expect(
      funnelParameters(["a", "b", "c", 4], {
        ...plain,
        order: "strict",
        by: "session",
        optional: "2,3",
        exclude: ["x", "y|z@1-4", 5],
        from: 2026,
        to: "2026-01-31",
        breakdown: "device",
        compare: "2025-01-01..2025-01-31",
        goalValue: true,
      }),
    ).toEqual({
      steps: ["a", { event: "b", optional: true }, { event: "c", optional: true }, "4"],
      windowSeconds: 604_800,
      by: "session",
      order: "strict",
      exclude: ["x", { event: ["y", "z"], between: [1, 4] }, "5"],
      from: "2026",
      to: "2026-01-31",
      breakdown: "device",
      compare: { from: "2025-01-01", to: "2025-01-31" },
      goalValue: true,
    });
    expect(funnelParameters(["a"], { ...plain, compare: "previous" })).toMatchObject({
      compare: "previous",
    });
  });

  it("are refused in words that quote them", () => {
    const refused = (more: object, words: RegExp): void =>
      expect(() => funnelParameters(["a", "b"], { ...plain, ...more })).toThrow(words);
    refused({ order: "random" }, /^--order random is none of ordered, strict, unordered$/);
    refused({ by: "household" }, /^--by household is none of person, session, account$/);
    refused({ optional: 3 }, /^--optional 3 is not the number of a step/);
    refused({ optional: "b" }, /^--optional b is not the number of a step/);
    refused({ compare: "last week" }, /^--compare last week is none of previous, year/);
    refused({ window: "soon" }, /^--window soon is not a duration/);
  });

  it("give a window in seconds", () => {
    expect(["90s", "30m", "12h", "7d", "2w", "1.5h"].map(secondsOf)).toEqual([
      90, 1800, 43_200, 604_800, 1_209_600, 5400,
    ]);
  });
});

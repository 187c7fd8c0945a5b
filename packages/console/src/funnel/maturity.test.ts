import { describe, expect, it } from "vitest";
import { endOf, maturityOf } from "./maturity.js";

const WEEK = 7 * 86_400;

describe("what a day or a week has had of its time", () => {
  it.each([
    ["2026-03-02", "week", "2026-03-08T23:59:59Z", "running"],
    ["2026-03-02", "week", "2026-03-09T00:00:00Z", "young"],
    ["2026-03-02", "week", "2026-03-16T00:00:00Z", "full"],
    ["2026-03-02", "day", "2026-03-02T12:00:00Z", "running"],
    ["2026-03-02", "day", "2026-03-03T00:00:00Z", "young"],
    ["2026-03-02", "day", "2026-03-10T00:00:00Z", "full"],
    ["2026-03-02", "properties.due", "2026-03-02T12:00:00Z", "full"],
    ["", "week", "2026-03-02T12:00:00Z", "full"],
  ])("of %j by %s at %s is %s", (name, breakdown, end, maturity) => {
    expect(maturityOf(name, breakdown, WEEK, Date.parse(end))).toBe(maturity);
  });

  it("ends with the last day of the period, and never after now", () => {
    const now = Date.parse("2026-03-05T10:00:00Z");
    expect(endOf("2026-03-05", now)).toBe(now);
    expect(endOf("2026-03-01", now)).toBe(Date.parse("2026-03-02T00:00:00Z"));
  });
});

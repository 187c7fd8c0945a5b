import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionOf } from "../query/conditions.js";
import { filterOf, sharedParameters } from "./shared-options.js";

describe("the options that all questions take", () => {
  it("become the parameters of the same names", () => {
    expect(sharedParameters({})).toEqual({});
    expect(
      sharedParameters({
        from: 2026,
        to: "2026-01-31",
        filter: ["device=mobile", "value>=10"],
        breakdown: "traits.plan",
        compare: "year",
      }),
    ).toEqual({
      from: "2026",
      to: "2026-01-31",
      filters: [
        { property: "device", op: "=", value: "mobile" },
        { property: "value", op: ">=", value: 10 },
      ],
      breakdown: "traits.plan",
      compare: "year",
    });
  });

  it("compare with a period or a segment", () => {
    expect(sharedParameters({ compare: "2025-01-01..2025-01-31" })).toEqual({
      compare: { from: "2025-01-01", to: "2025-01-31" },
    });
    expect(sharedParameters({ compare: "device!=mobile" })).toEqual({
      compare: { filters: [{ property: "device", op: "!=", value: "mobile" }] },
    });
    expect(() => sharedParameters({ compare: "last week" })).toThrow(
      /^--compare last week is none of previous, year, a period/,
    );
  });

  it.each([
    ["plan=a|b", { property: "plan", op: "in", value: ["a", "b"] }],
    ["user=007", { property: "user", op: "=", value: "007" }],
    ["page~check=out", { property: "page", op: "contains", value: "check=out" }],
    ["value<-1.5", { property: "value", op: "<", value: -1.5 }],
    ["day>2026-01-01", { property: "day", op: ">", value: "2026-01-01" }],
    ["properties.plan", { property: "properties.plan", op: "exists", value: true }],
    ["!properties.plan", { property: "properties.plan", op: "exists", value: false }],
  ])("read the condition %s", (text, condition) => {
    expect(filterOf(text)).toEqual(condition);
    expect(conditionOf("events").parse(condition)).toEqual(condition);
  });

  it("read any value as it is written, and refuse the rest in words that quote it", () => {
    const field = fc.stringMatching(/^properties\.[a-z]{1,5}$/);
    fc.assert(
      fc.property(field, fc.constantFrom("!=", "≠"), fc.string(), (property, op, value) => {
        expect(filterOf(`${property}${op}${value}`)).toEqual({ property, op, value });
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(filterOf(text)).toHaveProperty("property");
        } catch (error) {
          expect(String(error)).toContain(`--filter ${text} is no condition`);
        }
      }),
    );
  });
});

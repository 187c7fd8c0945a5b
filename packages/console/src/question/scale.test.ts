import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { niceAbove, scaleOf } from "./scale.js";

describe("a scale", () => {
  it.each([
    [0, 1],
    [0.13, 0.2],
    [1, 1],
    [2.1, 2.5],
    [37, 50],
    [999, 1000],
  ])("ends above %d at %d", (value, end) => {
    expect(niceAbove(value)).toBeCloseTo(end, 12);
  });

  it("begins at zero, so that lengths can be compared, unless something is below", () => {
    expect(scaleOf([3, 4])).toMatchObject({ low: 0, high: 5 });
    expect(scaleOf([-3, 4])).toMatchObject({ low: -5, high: 5 });
    expect(scaleOf([-3])).toMatchObject({ low: -5, high: 0 });
    expect(scaleOf([0.97], 1)).toMatchObject({ low: 0, high: 1 });
  });

  it("has a place between its ends for any values", () => {
    const value = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { at } = scaleOf(values);
        for (const one of values) {
          expect(at(one)).toBeGreaterThanOrEqual(0);
          expect(at(one)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import type { Column } from "../api/column.js";
import { drawable, isOneSided, shapeOf, shownShape } from "./shape.js";

const COLUMNS: Column[] = [
  { name: "group", kind: "dimension" },
  { name: "people", kind: "count" },
  { name: "peopleOther", kind: "count" },
  { name: "peopleDifference", kind: "number" },
  { name: "peopleRatio", kind: "number" },
  { name: "rate", kind: "share", low: "rateLow", high: "rateHigh", n: "people" },
  { name: "rateOther", kind: "share", low: "rateLowOther", high: "rateHighOther" },
  { name: "rateDifference", kind: "number" },
  { name: "rateDifferenceLow", kind: "bound" },
  { name: "rateDifferenceHigh", kind: "bound" },
  { name: "rateLow", kind: "bound" },
  { name: "rateLowOther", kind: "bound" },
  { name: "currency", kind: "dimension", measured: true },
  { name: "cost", kind: "money", currency: "currency" },
  { name: "lastSeen", kind: "moment", measured: true },
];

describe("the shape of an answer", () => {
  it("tells what rows are told apart by from what is measured of them", () => {
    const { keys, measures } = shapeOf(COLUMNS);
    expect(keys.map(({ name }) => name)).toEqual(["group"]);
    expect(measures.map(({ column }) => column.name)).toEqual([
      "people",
      "rate",
      "cost",
      "lastSeen",
    ]);
  });

  it("gives each measure its other side and its difference, with the interval where there is one", () => {
    const [people, rate, cost] = shapeOf(COLUMNS).measures;
    expect(people).toMatchObject({
      other: { name: "peopleOther" },
      difference: "peopleDifference",
    });
    expect(people).not.toHaveProperty("differenceLow");
    expect(rate).toMatchObject({
      other: { name: "rateOther" },
      differenceLow: "rateDifferenceLow",
      differenceHigh: "rateDifferenceHigh",
    });
    expect(cost).toEqual({ column: { name: "cost", kind: "money", currency: "currency" } });
  });

  it("keeps a measure that is a difference itself", () => {
    const difference: Column = { name: "difference", kind: "mean", low: "l", high: "h" };
    expect(shapeOf([difference]).measures).toEqual([{ column: difference }]);
  });

  it("draws a share with its interval before anything else, and moments never", () => {
    const names = drawable(shapeOf(COLUMNS).measures).map(({ column }) => column.name);
    expect(names).toEqual(["rate", "cost", "people"]);
  });

  it("tells that nothing is on the other side of a comparison", () => {
    const shape = shapeOf(COLUMNS);
    expect(isOneSided([{ peopleOther: 0, rateOther: null }], shape)).toBe(true);
    expect(isOneSided([{ peopleOther: 0 }, { peopleOther: 3 }], shape)).toBe(false);
    expect(isOneSided([{}], shapeOf([{ name: "people", kind: "count" }]))).toBe(false);
  });

  it("is shown without texts that no row has, and without a comparison with nothing", () => {
    const shape = shapeOf([{ name: "campaign", kind: "dimension" }, ...COLUMNS]);
    const rows = [{ campaign: "", group: "", people: 1, peopleOther: 0 }];
    const shown = shownShape(rows, shape);
    expect(shown.keys.map(({ name }) => name)).toEqual(["group"]);
    expect(shown.measures.every(({ other }) => other === undefined)).toBe(true);
    const compared = shownShape([{ campaign: "spring", peopleOther: 2 }], shape);
    expect(compared.keys.map(({ name }) => name)).toEqual(["campaign", "group"]);
    expect(compared.measures[0]?.other?.name).toBe("peopleOther");
  });
});

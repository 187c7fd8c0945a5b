import { describe, expect, it } from "vitest";
import type { Column } from "../api/column.js";
import { isUnfinished, seriesOf } from "./series.js";
import { shapeOf } from "./shape.js";

const DAY = 86_400_000;
const COLUMNS: Column[] = [
  { name: "time", kind: "moment" },
  { name: "group", kind: "dimension" },
  { name: "people", kind: "count" },
  { name: "peopleOther", kind: "count" },
  { name: "peopleDifference", kind: "number" },
];
const row = (day: string, group: string, people: number | null, peopleOther = 1) => ({
  time: `${day}T00:00:00.000Z`,
  group,
  people,
  peopleOther,
});

describe("lines over time", () => {
  const shape = shapeOf(COLUMNS);
  const [measure] = shape.measures;
  if (measure === undefined) throw new Error("people is a measure");

  it("are one for each group, in the order of time, the largest first", () => {
    const rows = [
      row("2026-01-02", "web", 2),
      row("2026-01-01", "web", 1),
      row("2026-01-01", "app", 9),
    ];
    const series = seriesOf(rows, shape, measure);
    expect(series.map(({ points }) => points.map(({ value }) => value))).toEqual([[9], [1, 2]]);
    expect(series[1]?.other.map(({ value }) => value)).toEqual([1, 1]);
  });

  it("leave out moments without a value, and groups without any", () => {
    const rows = [row("2026-01-01", "web", null), row("2026-01-02", "web", 4)];
    expect(seriesOf(rows, shape, measure)[0]?.points).toHaveLength(1);
    expect(seriesOf([row("2026-01-01", "web", null)], shape, measure)).toEqual([]);
  });

  it("are unfinished while the last interval goes on", () => {
    const times = [0, DAY, 3 * DAY];
    expect(isUnfinished(times, 3.5 * DAY)).toBe(true);
    expect(isUnfinished(times, 4 * DAY)).toBe(false);
    expect(isUnfinished([DAY], 1)).toBe(false);
  });
});

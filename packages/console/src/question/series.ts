import { isKey, numberOf, textOf, type Column, type Row } from "../api/column.js";
import { facetsOf } from "./facets.js";
import type { Measure, Shape } from "./shape.js";

export interface Point {
  /** Epoch milliseconds. */
  time: number;
  value: number;
  low: number | null;
  high: number | null;
  row: Row;
}

export interface Series {
  key: string;
  points: Point[];
  /** The other side of a comparison, at this side's moments. */
  other: Point[];
}

/** The column that is time. */
export const timeOf = ({ keys }: Shape): Column | undefined =>
  keys.find((column) => isKey(column) && column.kind !== "dimension");

/** A line for each of what rows differ in besides time; the most first. */
export function seriesOf(rows: readonly Row[], shape: Shape, measure: Measure): Series[] {
  const time = timeOf(shape);
  if (time === undefined) return [];
  const rest = shape.keys.filter((key) => key !== time);
  const { column, other } = measure;
  const points = (of: readonly Row[], from: Column): Point[] =>
    of
      .flatMap((row) => {
        const value = numberOf(row, from.name);
        if (value === null) return [];
        const moment = Date.parse(textOf(row, time.name));
        return [
          {
            time: moment,
            value,
            low: numberOf(row, from.low),
            high: numberOf(row, from.high),
            row,
          },
        ];
      })
      .toSorted((a, b) => a.time - b.time);
  return facetsOf(rows, rest)
    .map(({ key, rows: of }) => ({
      key,
      points: points(of, column),
      other: other === undefined ? [] : points(of, other),
    }))
    .filter((series) => series.points.length > 0)
    .toSorted((a, b) => sum(b) - sum(a));
}

/** Whether the last interval still goes on: it is as long as the shortest between two moments. */
export function isUnfinished(times: readonly number[], now: number): boolean {
  const last = times.at(-1);
  if (last === undefined || times.length < 2) return false;
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return last + Math.min(...steps) > now;
}

const sum = ({ points }: Series): number => points.reduce((total, { value }) => total + value, 0);

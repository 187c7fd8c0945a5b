import { wilson } from "../intervals.js";
import { groupedBy } from "../plain.js";

/** Rows by what is alike in them, whatever that is, in the order of their first. */
export const groupBy = <T>(rows: readonly T[], keyOf: (row: T) => unknown): Map<string, T[]> =>
  groupedBy(rows, (row) => JSON.stringify(keyOf(row)));

/** The first of rows, which there must be. */
export function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("there is none");
  return row;
}

/** A quantile that lies between two values where it falls between them; none of none. */
export function quantile(values: readonly number[], level: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * level;
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === high || !Number.isFinite(high)) return high;
  return low * (Math.ceil(place) - place) + high * (place - Math.floor(place));
}

/** A share with its interval; none of none. */
export function share(name: string, x: number, n: number): Record<string, number | null> {
  const [low, high] = n === 0 ? [null, null] : wilson(x, n);
  return { [name]: n === 0 ? null : x / n, [`${name}Low`]: low, [`${name}High`]: high };
}

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** The rows of a group of a breakdown, as they are without it. */
export const rowsOfGroup = (
  rows: readonly Record<string, unknown>[],
  name: string,
): Record<string, unknown>[] =>
  rows
    .filter(({ group }) => group === name)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => column !== "group")));

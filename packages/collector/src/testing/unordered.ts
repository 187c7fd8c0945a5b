import { expect } from "vitest";

/** Rows in one order, whatever theirs: by what is no fraction, since fractions differ in their last places. */
export const inOrder = (rows: readonly object[]): object[] =>
  rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

/** What plain code computed, as `inOrder` of an answer is to equal it: numbers but for rounding. */
export function nearly(wanted: readonly object[]): object[] {
  if (wanted.length === 0)
    throw new Error("plain code computed no row: there is nothing to compare");
  return inOrder(wanted).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 9) : value,
      ]),
    ),
  );
}

const textOf = (row: object): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([, value]) => typeof value !== "number" || Number.isInteger(value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

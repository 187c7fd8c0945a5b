import { expect } from "vitest";

/** Rows of an answer are those that plain code computed, in whatever order, numbers but for rounding. */
export function expectRows(rows: readonly object[], wanted: readonly object[], digits = 9): void {
  expect(wanted.length).toBeGreaterThan(0);
  expect(inOrder(rows)).toEqual(
    inOrder(wanted).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, nearly(value, digits)])),
    ),
  );
}

const nearly = (value: unknown, digits: number): unknown =>
  typeof value === "number" ? expect.closeTo(value, digits) : value;

/** By what is no fraction: those differ in their last places. */
const inOrder = (rows: readonly object[]): object[] =>
  rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

const textOf = (row: object): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([, value]) => typeof value !== "number" || Number.isInteger(value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

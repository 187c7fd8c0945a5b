import { expect } from "vitest";

/** Rows of an answer are those that plain code computed, in whatever order, numbers but for rounding. */
export function expectRows(rows: readonly object[], wanted: readonly object[]): void {
  expect(wanted.length).toBeGreaterThan(0);
  expect(inOrder(rows)).toEqual(
    inOrder(wanted).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, nearly(value)])),
    ),
  );
}

const nearly = (value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 9) : value;

/** By what is no fraction: those differ in their last places. */
function inOrder(rows: readonly object[]): object[] {
  const textOf = (row: object): string =>
    JSON.stringify(
      Object.entries(row)
        .filter(([, value]) => typeof value !== "number" || Number.isInteger(value))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  return rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

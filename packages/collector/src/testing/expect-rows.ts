import { expect } from "vitest";
import { inOrder } from "./unordered.js";

/** Rows of an answer are those that plain code computed, in whatever order, numbers but for rounding. */
export function expectRows(rows: readonly object[], wanted: readonly object[], digits = 9): void {
  expect(wanted.length).toBeGreaterThan(0);
  expect(inOrder(rows)).toEqual(
    inOrder(wanted).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, nearly(value, digits)])),
    ),
  );
}

/** Whole numbers too: a time may be whole here and a fraction away from it there. */
const nearly = (value: unknown, digits: number): unknown =>
  typeof value === "number" ? expect.closeTo(value, digits) : value;

import { describe } from "@balise/schema";
import { RowError } from "./failure.js";
import type { Mapping } from "./mapping.js";

/** The columns that a mapping names. */
export function columnsOf(mapping: Mapping): string[] {
  const columns = [...mapping.values()].flatMap((source) => {
    if (typeof source === "string") return [source];
    return "column" in source ? [source.column] : [];
  });
  return [...new Set(columns)];
}

/**
 * A line of NDJSON as the cells of a row: a column is a key, or a way to one, `customer.id`.
 * @throws RowError for what is no object, and for values that no cell can hold.
 */
export function cellsOf(line: Buffer, columns: readonly string[]): string[] {
  const record = objectOf(line);
  return columns.map((column) => cellOf(column, valueAt(record, column)));
}

function objectOf(line: Buffer): object {
  let record: unknown;
  try {
    record = JSON.parse(line.toString("utf8"));
  } catch {
    throw new RowError("malformed_json", "the line is not JSON");
  }
  if (typeof record === "object" && record !== null && !Array.isArray(record)) return record;
  throw new RowError("invalid_event", `the line must be an object, not ${describe(record)}`);
}

function valueAt(record: object, column: string): unknown {
  if (Object.hasOwn(record, column)) return Reflect.get(record, column);
  let value: unknown = record;
  for (const key of column.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function cellOf(column: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new RowError(
      "invalid_field",
      `${column}: ${describe(value)} is no text, number or boolean`,
    );
  }
  // Its last digits are lost already: many of such ids would become one.
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RowError(
      "invalid_field",
      `${column}: ${value} has more digits than JSON keeps: write it as a text`,
    );
  }
  return String(value);
}

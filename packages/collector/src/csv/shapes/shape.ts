import type { FieldSource } from "../mapping.js";
import type { Kind } from "../fields.js";

export type Scalar = string | number | boolean;

/** The fields of a row, nested as on the wire. */
export interface Tree {
  [field: string]: Scalar | Tree;
}

/** What a line sent to the collector is made of. */
export interface Sent {
  [field: string]: unknown;
}

/** What the rows of a file are, and what the collector is told of each. */
export interface Shape {
  name: string;
  /** Its fields by their dotted names. */
  fields: ReadonlyMap<string, Kind>;
  /** Those of which one must be mapped, group by group. */
  required: readonly (readonly string[])[];
  /** Names that columns often have, in small letters and digits, for files without a mapping. */
  columns: Readonly<Record<string, readonly string[]>>;
  /** What fields are that no column and no mapping gives. */
  usual?: Readonly<Record<string, FieldSource>>;
  /**
   * The lines that a row becomes. `rowId` makes an id of the row's whole content and its count.
   * @throws RowError for a row that becomes none.
   */
  lines: (row: Tree, rowId: (name: string, time: number) => string) => Sent[];
  /** What rows are added up by; left out, each stands alone. */
  sumBy?: (line: Sent) => string;
  /** Adds a line to one of the same `sumBy`. */
  add?: (sum: Sent, line: Sent) => void;
}

export function textOf(row: Tree, field: string): string | undefined {
  const value = row[field];
  return value === undefined || typeof value === "object" ? undefined : String(value);
}

export function partOf(row: Tree, field: string): Tree {
  const value = row[field];
  return typeof value === "object" ? value : {};
}

import type { Fields } from "../fields.js";
import type { FieldSource } from "../mapping.js";

export type Scalar = string | number | boolean;

/** The fields of a row, nested as on the wire. */
export interface Tree {
  [field: string]: Scalar | Tree;
}

/** What the rows of a file are, and what the collector is told of each. */
export interface Shape extends Fields {
  name: string;
  /** Those of which one must be mapped, group by group. */
  required: readonly (readonly string[])[];
  /** What fields are that the mapping does not name. */
  usual?: Readonly<Record<string, FieldSource>>;
  /**
   * The lines that a row becomes. `rowId` makes an id of the row's whole content and its count.
   * @throws RowError for a row that becomes none.
   */
  lines: (row: Tree, rowId: (name: string, time: number) => string) => Tree[];
  /** How rows of the same thing are added up; left out, each stands alone. */
  sum?: {
    /** What is the same in them. */
    by: (line: Tree) => string;
    add: (sum: Tree, line: Tree) => void;
  };
}

export function textOf(row: Tree, field: string): string | undefined {
  const value = row[field];
  return value === undefined || typeof value === "object" ? undefined : String(value);
}

export function partOf(row: Tree, field: string): Tree {
  const value = row[field];
  return typeof value === "object" ? value : {};
}

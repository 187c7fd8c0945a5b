import type { Column, Row } from "../api/column.js";
import { keyOf } from "./labels.js";

export interface Facet {
  key: string;
  rows: Row[];
}

/** Rows that are alike in these columns, together, in the order in which they first come. */
export function facetsOf(rows: readonly Row[], columns: readonly Column[]): Facet[] {
  const facets = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(columns, row);
    const known = facets.get(key);
    if (known === undefined) facets.set(key, [row]);
    else known.push(row);
  }
  return [...facets].map(([key, alike]) => ({ key, rows: alike }));
}

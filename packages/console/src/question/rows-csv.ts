import { isKey, textOf, type Column, type Row } from "../api/column.js";
import { toCsv, type Cell } from "../export/csv.js";

/** The rows as the collector gave them, unrounded, under the names of the API. */
export function rowsCsv(rows: readonly Row[], columns: readonly Column[]): string {
  return toCsv(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map((column): Cell => cellOf(column, row))),
  );
}

function cellOf(column: Column, row: Row): Cell {
  const value = row[column.name];
  if (value === null || value === undefined) return null;
  return typeof value === "number" && !isKey(column) ? value : textOf(row, column.name);
}

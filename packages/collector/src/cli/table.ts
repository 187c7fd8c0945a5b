import { printable } from "../printable.js";

/** Rows as aligned text, numbers to the right. */
export function formatTable(rows: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return "no rows";
  const cells = rows.map((row) => columns.map((column) => cell(row[column])));
  const widths = columns.map((column, place) =>
    Math.max(column.length, ...cells.map((line) => line[place]?.length ?? 0)),
  );
  const numeric = columns.map((column) =>
    rows.every((row) => row[column] === null || typeof row[column] === "number"),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, place) =>
        numeric[place] === true
          ? text.padStart(widths[place] ?? 0)
          : text.padEnd(widths[place] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(columns), line(widths.map((width) => "─".repeat(width))), ...cells.map(line)].join(
    "\n",
  );
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Math.round(value * 10_000) / 10_000);
  return printable(typeof value === "string" ? value : JSON.stringify(value));
}

import type { FunnelRow } from "../api/types.js";
import { toCsv, type Cell } from "./csv.js";

const COLUMNS = [
  "step",
  "name",
  "people",
  "shareOfFirst",
  "low",
  "high",
  "shareOfPrevious",
  "medianSeconds",
  "p90Seconds",
  "medianTotalSeconds",
  "p90TotalSeconds",
] as const satisfies readonly (keyof FunnelRow)[];

/** The rows as the collector gave them, unrounded, under the names of the API. */
export function funnelCsv(rows: readonly FunnelRow[]): string {
  const grouped = rows.some((row) => row.group !== undefined);
  const header = grouped ? ["group", ...COLUMNS] : [...COLUMNS];
  return toCsv(
    header,
    rows.map((row): Cell[] => {
      const cells: Cell[] = COLUMNS.map((column) => row[column]);
      return grouped ? [row.group ?? "", ...cells] : cells;
    }),
  );
}

import { readFileSync } from "node:fs";
import { linesOf, readSegment } from "../ingest/segment.js";
import type { Spool } from "../ingest/spool.js";

export interface SpooledRow {
  table: string;
  row: Record<string, unknown>;
}

/** Takes the rows out of a spool that nothing drains. */
export async function spooledRows(spool: Spool): Promise<SpooledRow[]> {
  await spool.freeze();
  const rows: SpooledRow[] = [];
  for (const segment of spool.frozen) {
    for (const chunk of readSegment(segment.name, readFileSync(segment.path)).chunks) {
      for (const line of linesOf(chunk)) {
        const row: Record<string, unknown> = JSON.parse(String(line));
        rows.push({ table: chunk.table, row });
      }
    }
    await spool.remove(segment);
  }
  return rows;
}

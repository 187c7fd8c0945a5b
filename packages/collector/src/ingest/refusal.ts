import type { RowRefusedError } from "../store/insert.js";
import { rejectionLine } from "./rejection.js";
import { type Chunk, linesOf } from "./segment.js";

/**
 * The chunk in parts: before the refused row, the row itself, and behind it; halves where no row is
 * named. Tokens follow from the chunk's, so that a replay cuts alike.
 */
export function withoutRow(chunk: Chunk, row: number | undefined): Chunk[] {
  const lines = linesOf(chunk);
  const cuts = row === undefined ? [Math.ceil(lines.length / 2)] : [row, row + 1];
  const edges = [0, ...cuts, lines.length];
  const pieces: Chunk[] = [];
  for (let at = 0; at + 1 < edges.length; at++) {
    const [from, to] = [edges[at] ?? 0, edges[at + 1] ?? 0];
    const parts = lines.slice(from, to);
    if (parts.length === 0) continue;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    const token = `${chunk.token}/${from}-${to}`;
    pieces.push({ table: chunk.table, token, parts, rows: parts.length, bytes });
  }
  return pieces;
}

/** The row of `rejected_events` for a row that ClickHouse refused, with its bytes. */
export function refusedRow(line: Buffer, error: RowRefusedError, receivedAt: number): string {
  return rejectionLine({
    site: field(line, "site_id"),
    receivedAt,
    id: field(line, "id"),
    code: `clickhouse_${error.code}`,
    message: error.message,
    body: line.toString("utf8").trimEnd(),
    source: "drain",
  });
}

function field(line: Buffer, name: string): string {
  try {
    const row: unknown = JSON.parse(line.toString("utf8"));
    const value: unknown =
      typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

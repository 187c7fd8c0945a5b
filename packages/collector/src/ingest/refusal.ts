import { crc32 } from "node:zlib";
import { rejectionLine } from "./rejection.js";
import type { Chunk } from "./segment.js";
import type { RefusedRow } from "./sifting.js";

/**
 * The rows of `rejected_events` for those of a chunk that ClickHouse refused, with their bytes. The
 * token follows from the chunk's and from which rows they are, so that a replay is known.
 */
export function refusedChunk(
  { token }: Chunk,
  refused: ReadonlyMap<number, RefusedRow>,
  receivedAt: number,
): Chunk {
  const places = [...refused.keys()].toSorted((a, b) => a - b);
  const parts = [...refused.values()].map((row) => Buffer.from(`${refusedRow(row, receivedAt)}\n`));
  return {
    table: "rejected_events",
    token: `${token}:refused:${places.length}:${crc32(places.join())}`,
    parts,
    rows: parts.length,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  };
}

function refusedRow({ line, code, message }: RefusedRow, receivedAt: number): string {
  return rejectionLine({
    site: field(line, "site_id"),
    receivedAt,
    id: field(line, "id"),
    code: `clickhouse_${code}`,
    message,
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

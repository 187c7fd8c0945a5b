import { crc32 } from "node:zlib";

/** The tables that records may go to; the number is written to disk and never changes. */
export const TABLES = [
  "events",
  "feedback",
  "contacts",
  "identities",
  "rejected_events",
  "costs",
] as const;

export type Table = (typeof TABLES)[number];

/** Bytes before the payload: its length (4), the CRC-32 of table and payload (4), the table (1). */
export const RECORD_HEADER = 9;

/** Larger than any row the collector writes: a longer length in a segment is damage. */
export const MAX_PAYLOAD = 1024 * 1024;

/** One row, as the JSON line that ClickHouse will read, for one table. */
export interface Row {
  table: Table;
  line: string;
}

/** The rows as records one after the other: the bytes that stay as they are until ClickHouse has them. */
export function encodeRecords(rows: readonly Row[]): Buffer {
  let size = 0;
  const lengths = rows.map((row) => {
    const length = Buffer.byteLength(row.line) + 1;
    size += RECORD_HEADER + length;
    return length;
  });
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  rows.forEach((row, index) => {
    const length = lengths[index] ?? 0;
    const payload = at + RECORD_HEADER;
    out.writeUInt32LE(length, at);
    out.writeUInt8(TABLES.indexOf(row.table), at + 8);
    out.write(row.line, payload);
    out.writeUInt8(0x0a, payload + length - 1);
    out.writeUInt32LE(crc32(out.subarray(at + 8, payload + length)), at + 4);
    at = payload + length;
  });
  return out;
}

export interface DecodedRecord {
  table: Table;
  /** The JSON line with its newline. */
  payload: Buffer;
  /** Where the next record starts. */
  end: number;
}

/** The record at `at`, or undefined where the bytes are not a whole, unharmed record. */
export function decodeRecord(bytes: Buffer, at: number): DecodedRecord | undefined {
  const start = at + RECORD_HEADER;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUInt32LE(at);
  if (end > bytes.length || end - start > MAX_PAYLOAD) return undefined;
  const table = TABLES[bytes.readUInt8(at + 8)];
  if (table === undefined) return undefined;
  const sum = crc32(bytes.subarray(at + 8, end));
  if (sum !== bytes.readUInt32LE(at + 4)) return undefined;
  return { table, payload: bytes.subarray(start, end), end };
}

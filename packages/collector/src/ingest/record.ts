import { crc32 } from "node:zlib";

/** The tables that records may go to; the number is written to disk and never changes. */
export const TABLES = [
  "events",
  "feedback",
  "contacts",
  "identities",
  "rejected_events",
  "costs",
  "customers",
  "follow_up_steps",
  "annotations",
] as const;

export type Table = (typeof TABLES)[number];

/**
 * Bytes before the payload: its length (4), the CRC-32 of all that follows it in the record (4), the
 * table (1), the number of rows (4); little-endian.
 */
export const RECORD_HEADER = 13;

/** Larger than any record the collector writes: a longer length in a segment is damage. */
export const MAX_PAYLOAD = 1024 * 1024;

/** Bytes of payload at which `encodeRecords` starts another record: damage costs a record at most. */
const FULL_PAYLOAD = 256 * 1024;

/** Where the checksum starts. */
const SUMMED = 8;

const NEWLINE = 0x0a;

/** One row, as the JSON line that ClickHouse will read, for one table. */
export interface Row {
  table: Table;
  line: string;
}

/**
 * Writes the header of a record whose payload, `rows` lines each with its newline, already stands
 * from `at + RECORD_HEADER` to `end`.
 */
export function sealRecord(
  bytes: Buffer,
  at: number,
  end: number,
  table: Table,
  rows: number,
): void {
  bytes.writeUInt32LE(end - at - RECORD_HEADER, at);
  bytes.writeUInt8(TABLES.indexOf(table), at + SUMMED);
  bytes.writeUInt32LE(rows, at + SUMMED + 1);
  bytes.writeUInt32LE(crc32(bytes.subarray(at + SUMMED, end)), at + 4);
}

/**
 * The rows as records, one after the other, each of one table: the bytes that stay as they are until
 * ClickHouse has them. Rows of a table keep their order.
 */
export function encodeRecords(rows: readonly Row[]): Buffer {
  const groups = groupsOf(rows);
  const out = Buffer.allocUnsafe(groups.reduce((sum, { bytes }) => sum + RECORD_HEADER + bytes, 0));
  let at = 0;
  for (const { table, lines } of groups) {
    let end = at + RECORD_HEADER;
    for (const line of lines) {
      end += out.write(line, end);
      out[end++] = NEWLINE;
    }
    sealRecord(out, at, end, table, lines.length);
    at = end;
  }
  return out;
}

interface Group {
  table: Table;
  lines: string[];
  bytes: number;
}

function groupsOf(rows: readonly Row[]): Group[] {
  const groups: Group[] = [];
  const filling = new Map<Table, Group>();
  for (const { table, line } of rows) {
    const bytes = Buffer.byteLength(line) + 1;
    let group = filling.get(table);
    if (group === undefined || group.bytes + bytes > FULL_PAYLOAD) {
      group = { table, lines: [], bytes: 0 };
      filling.set(table, group);
      groups.push(group);
    }
    group.lines.push(line);
    group.bytes += bytes;
  }
  return groups;
}

export interface DecodedRecord {
  table: Table;
  rows: number;
  /** The JSON lines, each with its newline. */
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
  const table = TABLES[bytes.readUInt8(at + SUMMED)];
  if (table === undefined) return undefined;
  const sum = crc32(bytes.subarray(at + SUMMED, end));
  if (sum !== bytes.readUInt32LE(at + 4)) return undefined;
  const rows = bytes.readUInt32LE(at + SUMMED + 1);
  return { table, rows, payload: bytes.subarray(start, end), end };
}

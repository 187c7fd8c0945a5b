import { crc32 } from "node:zlib";
import { decodeRecord, type DecodedRecord, type Table } from "./record.js";
import { decodeRecord1 } from "./record-1.js";

/**
 * A segment starts with a header that fixes how it is cut into inserts: the cut is part of the
 * insert's token, so it must stay the same for this segment even when a later version cuts otherwise.
 * Little-endian: magic (8), rows of an insert (4), bytes of an insert (4), the moment it was made,
 * epoch milliseconds (8), the CRC-32 of all that (4).
 */
export const SEGMENT_HEADER = 28;

const MAGIC = Buffer.from("BALSEG2\n");

/** Format 1: magic, rows and bytes alone, and records of one row. Read, no longer written. */
const HEADER_1 = 16;
const MAGIC_1 = Buffer.from("BALSEG1\n");

/** Rows of one insert, per table: large enough for ClickHouse, small enough to retry. */
const CHUNK_ROWS = 20_000;

/** Bytes of one insert. */
const CHUNK_BYTES = 16 * 1024 * 1024;

interface Header {
  /** Rows and bytes that an insert does not pass, unless one record does. */
  maxRows: number;
  maxBytes: number;
  /** Epoch milliseconds; undefined where the header does not tell. */
  createdAt: number | undefined;
}

export function segmentHeader(
  createdAt: number,
  chunkRows = CHUNK_ROWS,
  chunkBytes = CHUNK_BYTES,
): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER);
  MAGIC.copy(header);
  header.writeUInt32LE(chunkRows, 8);
  header.writeUInt32LE(chunkBytes, 12);
  header.writeDoubleLE(createdAt, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 24)), 24);
  return header;
}

interface Format extends Header {
  decode: (bytes: Buffer, at: number) => DecodedRecord | undefined;
  start: number;
}

/**
 * What the head of a segment says. Where it is harmed, its records are looked for all the same,
 * under the cut that this version would have written.
 */
function formatOf(bytes: Buffer): Format {
  const starts = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  if (bytes.length >= HEADER_1 && starts(MAGIC_1)) {
    const [maxRows, maxBytes] = [bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
    return { maxRows, maxBytes, createdAt: undefined, decode: decodeRecord1, start: HEADER_1 };
  }
  const sound =
    bytes.length >= SEGMENT_HEADER &&
    starts(MAGIC) &&
    crc32(bytes.subarray(0, 24)) === bytes.readUInt32LE(24);
  return {
    maxRows: sound ? bytes.readUInt32LE(8) : CHUNK_ROWS,
    maxBytes: sound ? bytes.readUInt32LE(12) : CHUNK_BYTES,
    createdAt: sound ? bytes.readDoubleLE(16) : undefined,
    decode: decodeRecord,
    start: sound ? SEGMENT_HEADER : 0,
  };
}

/** When the segment was made, from its first bytes; undefined where they do not tell. */
export function createdAtOf(head: Buffer): number | undefined {
  return formatOf(head).createdAt;
}

/** What goes in one insert: frozen bytes and the token that makes a repetition harmless. */
export interface Chunk {
  table: Table;
  token: string;
  /** Whole JSON lines, one or many a part. */
  parts: Buffer[];
  rows: number;
  bytes: number;
}

export interface SegmentContent {
  chunks: Chunk[];
  records: number;
  /** Bytes that belong to no whole record: a torn tail, or damage. */
  unreadBytes: number;
  /** Whole records follow after bytes that are none: a disk has lost something that was on it. */
  damaged: boolean;
}

/** Cuts a segment into inserts; the same bytes always give the same inserts. */
export function readSegment(name: string, bytes: Buffer): SegmentContent {
  const { maxRows, maxBytes, decode, start } = formatOf(bytes);
  const chunks: Chunk[] = [];
  const filling = new Map<Table, Chunk>();
  let at = start;
  let records = 0;
  let unreadBytes = 0;
  let damaged = false;
  while (at < bytes.length) {
    const record = decode(bytes, at);
    if (record === undefined) {
      // The next whole record is looked for: one that is harmed must not cost those behind it.
      at += 1;
      unreadBytes += 1;
      continue;
    }
    damaged ||= unreadBytes > 0;
    const { table, rows, payload } = record;
    let chunk = filling.get(table);
    if (
      chunk === undefined ||
      chunk.rows + rows > maxRows ||
      chunk.bytes + payload.length > maxBytes
    ) {
      chunk = { table, token: `${name}:${table}:${records}`, parts: [], rows: 0, bytes: 0 };
      filling.set(table, chunk);
      chunks.push(chunk);
    }
    chunk.parts.push(payload);
    chunk.rows += rows;
    chunk.bytes += payload.length;
    records += 1;
    at = record.end;
  }
  return { chunks, records, unreadBytes, damaged };
}

const NEWLINE = 0x0a;

/** The rows of a chunk one by one, each with its newline. */
export function linesOf({ parts }: { parts: readonly Buffer[] }): Buffer[] {
  const lines: Buffer[] = [];
  for (const part of parts) {
    let start = 0;
    while (start < part.length) {
      const end = part.indexOf(NEWLINE, start) + 1 || part.length;
      lines.push(part.subarray(start, end));
      start = end;
    }
  }
  return lines;
}

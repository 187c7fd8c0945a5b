import { decodeRecord, type Table } from "./record.js";

/**
 * A segment starts with a header that fixes how it is cut into inserts: the cut is part of the
 * insert's token, so it must stay the same for this segment even when a later version cuts otherwise.
 */
export const SEGMENT_HEADER = 16;

const MAGIC = Buffer.from("BALSEG1\n");

/** Rows of one insert, per table: large enough for ClickHouse, small enough to retry. */
const CHUNK_ROWS = 20_000;

/** Bytes of one insert. */
const CHUNK_BYTES = 16 * 1024 * 1024;

export function segmentHeader(chunkRows = CHUNK_ROWS, chunkBytes = CHUNK_BYTES): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER);
  MAGIC.copy(header);
  header.writeUInt32LE(chunkRows, MAGIC.length);
  header.writeUInt32LE(chunkBytes, MAGIC.length + 4);
  return header;
}

/** The rows of one insert: frozen bytes and the token that makes a repetition harmless. */
export interface Chunk {
  table: Table;
  token: string;
  lines: Buffer[];
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
  if (bytes.length < SEGMENT_HEADER || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return {
      chunks: [],
      records: 0,
      unreadBytes: bytes.length,
      damaged: bytes.length >= SEGMENT_HEADER,
    };
  }
  const maxRows = bytes.readUInt32LE(MAGIC.length);
  const maxBytes = bytes.readUInt32LE(MAGIC.length + 4);
  const chunks: Chunk[] = [];
  const filling = new Map<Table, { chunk: Chunk; bytes: number }>();
  let at = SEGMENT_HEADER;
  let records = 0;
  let unreadBytes = 0;
  let damaged = false;
  while (at < bytes.length) {
    const record = decodeRecord(bytes, at);
    if (record === undefined) {
      // The next whole record is looked for: one that is harmed must not cost those behind it.
      at += 1;
      unreadBytes += 1;
      continue;
    }
    damaged ||= unreadBytes > 0;
    let current = filling.get(record.table);
    const full =
      current !== undefined &&
      (current.chunk.lines.length >= maxRows || current.bytes + record.payload.length > maxBytes);
    if (current === undefined || full) {
      const token = `${name}:${record.table}:${records}`;
      current = { chunk: { table: record.table, token, lines: [] }, bytes: 0 };
      filling.set(record.table, current);
      chunks.push(current.chunk);
    }
    current.chunk.lines.push(record.payload);
    current.bytes += record.payload.length;
    records += 1;
    at = record.end;
  }
  return { chunks, records, unreadBytes, damaged };
}

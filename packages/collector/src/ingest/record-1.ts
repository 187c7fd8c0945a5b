import { crc32 } from "node:zlib";
import { type DecodedRecord, MAX_PAYLOAD, TABLES } from "./record.js";

/** Bytes before the payload: its length (4), the CRC-32 of table and payload (4), the table (1). */
const RECORD_HEADER = 9;

/** A record of a segment of format 1, which held one row: earlier versions may have left some. */
export function decodeRecord1(bytes: Buffer, at: number): DecodedRecord | undefined {
  const start = at + RECORD_HEADER;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUInt32LE(at);
  if (end > bytes.length || end - start > MAX_PAYLOAD) return undefined;
  const table = TABLES[bytes.readUInt8(at + 8)];
  if (table === undefined) return undefined;
  const sum = crc32(bytes.subarray(at + 8, end));
  if (sum !== bytes.readUInt32LE(at + 4)) return undefined;
  return { table, rows: 1, payload: bytes.subarray(start, end), end };
}

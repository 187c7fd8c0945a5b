import { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseError } from "@clickhouse/client";
import type { Table } from "../ingest/record.js";

/**
 * Puts the JSON lines, one or many a part, `rows` in all, into the table; resolves when ClickHouse
 * has acknowledged them.
 */
export type Insert = (
  table: Table,
  token: string,
  parts: readonly Buffer[],
  rows: number,
) => Promise<void>;

/** ClickHouse took the request and refused a row: sending the same bytes again cannot help. */
export class RowRefusedError extends Error {
  override readonly name = "RowRefusedError";
  constructor(
    /** ClickHouse's exception code. */
    readonly code: number,
    message: string,
    /** Place of the row in the insert, from 0, where the message names it. */
    readonly row: number | undefined,
  ) {
    super(message);
  }
}

/** ClickHouse took the request and refused it for a reason that may be of this chunk or not. */
export class ChunkRefusedError extends Error {
  override readonly name = "ChunkRefusedError";
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The exception code of a table that has more parts than it can merge. */
export const TOO_MANY_PARTS = 252;

/**
 * The exception codes that speak of the server and will pass or be mended: time, load, disk, rights,
 * a table that is not there yet, replicas, a statement that was stopped.
 */
export const PASSING_CODES: ReadonlySet<number> = new Set([
  60,
  81,
  159,
  160,
  164,
  202,
  203,
  209,
  210,
  225,
  236,
  242,
  243,
  TOO_MANY_PARTS,
  279,
  285,
  319,
  394,
  425,
  439,
  473,
  497,
  516,
  999,
]);

/**
 * The exception codes that speak of the data: parsing, conversion, ranges, constraints.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const DATA_CODES: ReadonlySet<number> = new Set([
  6, 25, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 190, 321, 349, 376, 407, 467, 469, 636, 645,
  675, 676, 691,
]);

/** What every insert sets, besides its token. */
export const INSERT_SETTINGS = {
  async_insert: 0,
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
  input_format_skip_unknown_fields: 1,
  type_json_skip_duplicated_paths: 1,
  max_partitions_per_insert_block: "0",
  // One block an insert: a token covers all of it or nothing.
  max_insert_block_size: "1048576",
  min_insert_block_size_rows: "1048576",
  min_insert_block_size_bytes: "268435456",
} as const;

/**
 * Inserts with a deduplication token, so that a repetition of the same chunk changes nothing.
 * Dates in `properties` stay the strings that the sender wrote; a month of any year may come.
 */
export function storeInsert(client: ClickHouseClient): Insert {
  return async (table, token, parts, rows) => {
    try {
      // The bytes go through as they are; `client.insert` would take them apart and write them anew.
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} FORMAT JSONEachRow`,
        values: Readable.from(pieces(parts), { objectMode: false }),
        clickhouse_settings: {
          ...INSERT_SETTINGS,
          insert_deduplication_token: token,
        },
      });
      for await (const _ of stream) {
        // An answer to an insert is empty; reading it frees the connection.
      }
    } catch (error) {
      if (!(error instanceof ClickHouseError)) throw error;
      const code = Number(error.code);
      if (DATA_CODES.has(code)) {
        throw new RowRefusedError(code, error.message, rowOf(error.message, rows));
      }
      if (!PASSING_CODES.has(code)) throw new ChunkRefusedError(code, error.message);
      throw error;
    }
  };
}

/** Bytes of one write to the connection. */
const PIECE = 256 * 1024;

/**
 * The bytes in pieces of one size, copied: a request that was given up may still be on its way when
 * the buffer of its segment serves the next one.
 */
function* pieces(parts: readonly Buffer[]): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for (const part of parts) {
    waiting.push(part);
    bytes += part.length;
    if (bytes < PIECE) continue;
    yield Buffer.concat(waiting, bytes);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting, bytes);
}

function rowOf(message: string, rows: number): number | undefined {
  const row = Number(/\(at row (\d+)\)/.exec(message)?.[1]);
  return row >= 1 && row <= rows ? row - 1 : undefined;
}

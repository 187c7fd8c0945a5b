import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Readable } from "node:stream";
import { exception } from "../exception.js";
import { firstLine } from "../failure.js";
import { readStatement, type Statement } from "../sql/statement.js";

/** A statement's text may be this long; rows behind an INSERT do not count. ClickHouse's default is 256 KiB. */
export const MAX_QUERY_BYTES = 1024 ** 2;
/** Rows of one insert, decompressed: one insert is one block in the engine's memory. */
export const MAX_INSERT_BYTES = 256 * 1024 ** 2;
/** Bodies on disk at once, all requests together. */
export const MAX_INBOX_BYTES = 1024 ** 3;

type Chunks = AsyncIterator<Buffer>;

/** A request's statement, and for an insert the rows behind it. */
export interface Incoming {
  statement: Statement;
  rows: AsyncIterable<Buffer>;
}

/** The body, decompressed as it is read. */
function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return request;
  const decoder =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip()
      : encoding === "deflate"
        ? createInflate()
        : encoding === "br"
          ? createBrotliDecompress()
          : undefined;
  if (decoder === undefined) {
    throw exception(
      "NOT_IMPLEMENTED",
      `Content-Encoding ${JSON.stringify(encoding)} is not supported by the embedded ClickHouse: use gzip, deflate or br.`,
    );
  }
  request.on("error", (error) => decoder.destroy(error));
  request.on("aborted", () => decoder.destroy(new Error("the client went away")));
  return request.pipe(decoder);
}

/**
 * Reads as much of the request as it takes to know the statement: ClickHouse treats `?query=` and the body as one
 * text, of which everything behind `INSERT … FORMAT X` is rows.
 *
 * @throws ClickHouseException
 */
export async function readIncoming(query: string, request: IncomingMessage): Promise<Incoming> {
  const body = decoded(request);
  // Iterating by hand: a `for await` that stops early would destroy the request.
  const chunks: Chunks = body[Symbol.asyncIterator]();
  if (query.trim() !== "") {
    const statement = tryInsert(query);
    if (statement?.kind === "insert") {
      const inline = Buffer.from(query.slice(statement.dataStart));
      return { statement, rows: withHead(inline, chunks) };
    }
  }
  const prefix = query.trim() === "" ? "" : `${query}\n`;
  const { bytes, ended } = await take(chunks, MAX_QUERY_BYTES);
  const text = prefix + bytes.toString("utf8");
  const statement = readStatement(text);
  if (statement.kind !== "insert") {
    if (!ended || Buffer.byteLength(text) > MAX_QUERY_BYTES) throw tooLong();
    return { statement, rows: withHead(Buffer.alloc(0), chunks) };
  }
  const whole = Buffer.concat([Buffer.from(prefix), bytes]);
  const start = Buffer.byteLength(text.slice(0, statement.dataStart));
  return { statement, rows: withHead(whole.subarray(start), chunks) };
}

const tooLong = () =>
  exception("QUERY_IS_TOO_LARGE", `Query is too large: more than ${MAX_QUERY_BYTES} bytes.`);

function tryInsert(query: string): Statement | undefined {
  return /^\s*(insert|--|#|\/\*)/i.test(query) ? readStatement(query) : undefined;
}

async function take(chunks: Chunks, limit: number): Promise<{ bytes: Buffer; ended: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  while (size <= limit) {
    const step = await next(chunks);
    if (step.done === true) return { bytes: Buffer.concat(parts), ended: true };
    parts.push(step.value);
    size += step.value.length;
  }
  return { bytes: Buffer.concat(parts), ended: false };
}

async function next(chunks: Chunks): Promise<IteratorResult<Buffer>> {
  try {
    return await chunks.next();
  } catch (error) {
    throw exception("CANNOT_DECOMPRESS", `The body cannot be read: ${firstLine(error)}`);
  }
}

async function* withHead(head: Buffer, chunks: Chunks): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (;;) {
    const step = await next(chunks);
    if (step.done === true) return;
    yield step.value;
  }
}

/** Writes the rows of inserts to disk, so that memory does not grow with them. */
export interface Inbox {
  /**
   * @returns the file, its size, and what removes it
   * @throws ClickHouseException when one body or all of them together are too large
   */
  receive(rows: AsyncIterable<Buffer>): Promise<Parcel>;
}

/** Rows of one insert on disk. */
export interface Parcel {
  path: string;
  bytes: number;
  discard(): Promise<void>;
}

/** @param directory empty, and on the same disk as the data */
export function createInbox(directory: string): Inbox {
  let held = 0;
  return {
    receive: async (rows) => {
      const path = join(directory, randomUUID());
      let bytes = 0;
      const discard = async () => {
        held -= bytes;
        bytes = 0;
        await rm(path, { force: true });
      };
      const counted = async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          bytes += chunk.length;
          held += chunk.length;
          if (bytes > MAX_INSERT_BYTES) {
            throw exception(
              "TOO_LARGE_STRING_SIZE",
              `The rows of one insert may take ${MAX_INSERT_BYTES} bytes, decompressed: split them into several inserts.`,
            );
          }
          if (held > MAX_INBOX_BYTES) {
            throw exception(
              "TOO_MANY_SIMULTANEOUS_QUERIES",
              `Inserts that are under way take more than ${MAX_INBOX_BYTES} bytes. Try again later.`,
            );
          }
          yield chunk;
        }
      };
      try {
        await pipeline(counted(rows), createWriteStream(path, { mode: 0o600 }));
        return { path, bytes, discard };
      } catch (error) {
        await discard();
        throw error;
      }
    },
  };
}

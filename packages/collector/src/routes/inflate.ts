import { createGunzip } from "node:zlib";
import { HttpError } from "../errors.js";

/**
 * Bodies inflated at once; others wait. Bounds their memory, and leaves half of Node's four worker
 * threads to `fdatasync`.
 */
const AT_ONCE = 2;

const CHUNK = 64 * 1024;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * The bytes of a gzip body. The limit is looked at with every chunk, so that a bomb costs no more
 * than the limit; `onBeginning` sees the first chunk, and what it throws ends the work.
 */
export async function inflate(
  bytes: Buffer,
  limit: number,
  onBeginning: (bytes: Buffer) => void | Promise<void>,
): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await collect(bytes, limit, onBeginning);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

async function collect(
  bytes: Buffer,
  limit: number,
  onBeginning: (bytes: Buffer) => void | Promise<void>,
): Promise<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  gunzip.end(bytes);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // A gunzip stream gives Buffers.
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      if (length === 0) await onBeginning(chunk);
      length += chunk.length;
      if (length > limit) {
        throw new HttpError(
          "too_large_decompressed",
          `the body is larger than ${limit} bytes once decompressed: split the batch`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError("invalid_encoding", "the body is not valid gzip");
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

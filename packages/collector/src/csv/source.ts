import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "./failure.js";

/** Enough to tell the format from. */
const HEAD = 64 * 1024;

/** A file to import, whatever its packing. */
export interface Source {
  path: string;
  format: "csv" | "ndjson";
  /** The text of the first line that is not empty; of a longer one its beginning. */
  firstLine: string;
  /** Bytes on disk, and how many of them have been read. */
  size: number;
  bytesRead: () => number;
  /** The content from its beginning, unpacked; to be read once. */
  content: Readable;
}

/**
 * Opens a file and looks at its beginning: gzip by its magic number, NDJSON by the first brace.
 * @throws ImportError for what cannot be read, is empty, or is no UTF-8 text.
 */
export async function openSource(path: string): Promise<Source> {
  const { size, gzip } = await look(path);
  const head = await headOf(unpacked(path, gzip).content, path);
  if (head.length >= 2 && [0xfeff, 0xfffe].includes(head.readUInt16BE(0))) {
    throw new ImportError(`${path} is UTF-16: save it as UTF-8`);
  }
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  const firstLine = /\S[^\r\n]*/.exec(text)?.[0];
  if (firstLine === undefined) throw new ImportError(`${path} is empty: nothing to import`);
  const { content, bytesRead } = unpacked(path, gzip);
  return {
    path,
    format: firstLine.startsWith("{") ? "ndjson" : "csv",
    firstLine,
    size,
    bytesRead,
    content,
  };
}

async function look(path: string): Promise<{ size: number; gzip: boolean }> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      if (!stat.isFile() && !stat.isDirectory()) {
        throw new ImportError(`${path} is no file that can be read twice: save it to disk first`);
      }
      const magic = Buffer.alloc(2);
      await file.read(magic, 0, 2, 0);
      return { size: stat.size, gzip: magic.equals(Buffer.of(0x1f, 0x8b)) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unpacked(path: string, gzip: boolean): Pick<Source, "content" | "bytesRead"> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const bytesRead = (): number => file.bytesRead;
  if (!gzip) return { content: file, bytesRead };
  // The failure reaches the reader through the unpacked stream, which pipeline destroys with it.
  return { content: pipeline(file, createGunzip(), () => {}), bytesRead };
}

async function headOf(content: Readable, path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop closes the stream. Without an encoding set, it gives buffers.
    for await (const piece of content as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return Buffer.concat(pieces).subarray(0, HEAD);
}

/** The one-line reason why a file cannot be read; errors that are not the system's stay as they are. */
export function unreadable(path: string, error: unknown): unknown {
  const code: unknown = Reflect.get(Object(error), "code");
  if (typeof code !== "string" || !/^[EZ]/.test(code)) return error;
  if (code === "ENOENT") return new ImportError(`there is no file ${path}: check the path`);
  if (code === "EISDIR") return new ImportError(`${path} is a folder: name a file in it`);
  if (code === "EACCES") return new ImportError(`${path} may not be read: change its rights`);
  return new ImportError(`${path} cannot be read to its end (${code}): is it whole?`);
}

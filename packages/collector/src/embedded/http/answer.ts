import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { createGzip, type Gzip } from "node:zlib";
import { toException, type ClickHouseException } from "../exception.js";
import { contentType } from "./formats.js";

/** Counters of `X-ClickHouse-Summary`; the interface sends them as strings. */
export interface Summary {
  readRows: number;
  readBytes: number;
  writtenRows: number;
  writtenBytes: number;
  resultRows: number;
  resultBytes: number;
  elapsedNs: number;
}

/** Sends one answer, in the headers and with the failures of a ClickHouse server. */
export interface Answer {
  /** Headers and a body that is complete. */
  whole(format: string, summary: Summary, body: Uint8Array): Promise<void>;
  /**
   * Headers at the first piece, then the pieces as fast as the client takes them. An error after that is written
   * into the body as ClickHouse does, and the connection is cut so that no client takes the answer for whole.
   */
  pieces(format: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  fail(error: unknown): void;
}

/** @param compress whether the client asked for compression in the URL; it must accept gzip, too */
export function createAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  about: { queryId: string; compress: boolean; timezone: string },
): Answer {
  const tag = randomBytes(8).toString("hex");
  const gzips = about.compress && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");

  const head = (format: string, summary: Summary) => {
    response.statusCode = 200;
    response.setHeader("Content-Type", contentType(format));
    response.setHeader("X-ClickHouse-Server-Display-Name", "balise-embedded");
    response.setHeader("X-ClickHouse-Query-Id", about.queryId);
    response.setHeader("X-ClickHouse-Format", format);
    response.setHeader("X-ClickHouse-Timezone", about.timezone);
    response.setHeader("X-ClickHouse-Exception-Tag", tag);
    response.setHeader("X-ClickHouse-Summary", JSON.stringify(summaryOf(summary)));
    if (gzips) response.setHeader("Content-Encoding", "gzip");
  };

  // Level 1: the link is a loopback or a LAN, the processor is what inserts need.
  const gzip = gzips ? createGzip({ level: 1 }) : undefined;
  const body = (): Writable => {
    gzip?.pipe(response);
    return gzip ?? response;
  };

  return {
    whole: async (format, summary, bytes) => {
      head(format, summary);
      const out = body();
      out.end(bytes);
    },
    pieces: async (format, pieces) => {
      let out: Writable | undefined;
      try {
        for await (const piece of pieces) {
          if (out === undefined) {
            head(format, NOTHING);
            out = body();
          }
          if (response.destroyed) return;
          if (!out.write(piece)) await drained(out, response);
        }
        if (out === undefined) {
          head(format, NOTHING);
          out = body();
        }
        out.end();
      } catch (error) {
        if (out === undefined) throw error;
        await cut(out, gzip, response, tag, toException(error));
      }
    },
    fail: (error) => {
      const failure = toException(error);
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      if (!request.complete) {
        // The rest of the body is read and dropped, so that the client gets to read the answer.
        response.setHeader("Connection", "close");
        request.resume();
      }
      response.removeHeader("Content-Encoding");
      response.statusCode = failure.status;
      response.setHeader("Content-Type", "text/plain; charset=UTF-8");
      response.setHeader("X-ClickHouse-Exception-Code", String(failure.code));
      response.setHeader("X-ClickHouse-Query-Id", about.queryId);
      response.setHeader("X-ClickHouse-Server-Display-Name", "balise-embedded");
      response.end(`${failure.message}\n`);
    },
  };
}

/** Nothing was counted. */
export const NOTHING: Summary = {
  readRows: 0,
  readBytes: 0,
  writtenRows: 0,
  writtenBytes: 0,
  resultRows: 0,
  resultBytes: 0,
  elapsedNs: 0,
};

function summaryOf(summary: Summary): Record<string, string> {
  return {
    read_rows: String(summary.readRows),
    read_bytes: String(summary.readBytes),
    written_rows: String(summary.writtenRows),
    written_bytes: String(summary.writtenBytes),
    total_rows_to_read: "0",
    result_rows: String(summary.resultRows),
    result_bytes: String(summary.resultBytes),
    elapsed_ns: String(summary.elapsedNs),
  };
}

async function drained(out: Writable, response: ServerResponse): Promise<void> {
  // Its "close" has been: nothing would ever wake this up.
  if (response.destroyed) return;
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  try {
    await once(out, "drain", { signal: gone.signal });
  } catch {
    // The client went away: the loop sees the destroyed response.
  } finally {
    response.off("close", leave);
  }
}

/** The trailer of ClickHouse 25.11 and later; its length counts the line break that ends the message. */
async function cut(
  out: Writable,
  gzip: Gzip | undefined,
  response: ServerResponse,
  tag: string,
  failure: ClickHouseException,
): Promise<void> {
  // The client went away, and the cancelled statement says so: there is nobody to tell.
  if (response.destroyed) return;
  const message = failure.message;
  const length = Buffer.byteLength(message) + 1;
  const mark = "\r\n__exception__\r\n";
  out.write(`${mark}${tag}\r\n${message}\n${length} ${tag}${mark}`);
  if (gzip !== undefined) await new Promise<void>((resolve) => gzip.flush(resolve));
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.write("", () => response.destroy());
  });
}

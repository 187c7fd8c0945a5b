import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { BatchAnswer, Rejection } from "@balise/schema";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { HttpError } from "../errors.js";
import type { Accept } from "../ingest/accept.js";
import { readEvents } from "../ingest/lines.js";
import type { Origin } from "../ingest/origin.js";
import { SpoolFullError } from "../ingest/spool.js";
import { NO_VISITOR } from "../ingest/visitor.js";

/** Events kept with one sync. */
const PART = 500;

/** The answer names at most so many rejections; `rejectedCount` counts all. */
const MAX_NAMED = 1000;

/** Milliseconds between tries while the spool is full, and how often. */
const WAIT = 250;
const TRIES = 240;

/**
 * `POST /v1/import`: NDJSON of events, one a line, of any length. While the spool is full the
 * stream is not read on: the sender waits instead of losing its place.
 */
export async function importRoute(
  app: FastifyInstance,
  deps: { accept: Accept; door: Doorkeeper },
): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  app.addHook("onRequest", async (request) => {
    await deps.door.admitBearer(request, "secretKey");
  });
  app.post("/v1/import", { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const origin: Origin = {
      site: await deps.door.admitBearer(request, "secretKey"),
      source: "import",
      visitor: NO_VISITOR,
      defaultChannel: "server",
    };
    let accepted = 0;
    let rejectedCount = 0;
    const rejected: Rejection[] = [];
    const take = async (events: unknown[], firstIndex: number): Promise<void> => {
      const answer = await patiently(() => deps.accept(origin, events, { firstIndex }));
      accepted += answer.accepted;
      rejectedCount += answer.rejected.length;
      rejected.push(...answer.rejected.slice(0, MAX_NAMED - rejected.length));
    };
    let part: unknown[] = [];
    let index = 0;
    try {
      for await (const event of readEvents(bodyOf(request))) {
        part.push(event);
        if (part.length >= PART) {
          await take(part, index);
          index += part.length;
          part = [];
        }
      }
    } catch (error) {
      if (error instanceof HttpError || error instanceof SpoolFullError) throw error;
      throw new HttpError(
        "invalid_encoding",
        `the body broke off after ${accepted} accepted events: send it again, what was kept counts once`,
      );
    }
    if (part.length > 0) await take(part, index);
    return reply.code(202).send({ accepted, rejectedCount, rejected });
  });
}

function bodyOf(request: FastifyRequest): AsyncIterable<Buffer> {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase();
  if (!(request.body instanceof Readable))
    throw new HttpError("invalid_body", "the body is empty: send NDJSON, one event a line");
  if (encoding === undefined || encoding === "identity") return request.body;
  if (encoding !== "gzip") {
    throw new HttpError(
      "unsupported_media_type",
      `Content-Encoding ${encoding.slice(0, 40)} is not known: send gzip or none`,
    );
  }
  const unzipped = createGunzip();
  request.body.on("error", (error) => unzipped.destroy(error));
  return request.body.pipe(unzipped);
}

async function patiently(keep: () => Promise<BatchAnswer>): Promise<BatchAnswer> {
  for (let tries = 1; ; tries++) {
    try {
      return await keep();
    } catch (error) {
      if (!(error instanceof SpoolFullError) || tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
  }
}

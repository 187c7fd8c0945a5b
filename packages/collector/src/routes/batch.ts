import { describe, envelopeSchema, LIMITS } from "@balise/schema";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ReadClient } from "../door/client.js";
import { HttpError } from "../errors.js";
import type { Accept } from "../ingest/accept.js";
import type { ReadVisitor } from "../ingest/visitor.js";
import { type FindSite, originAllowed, type Site } from "../sites.js";
import { readJson } from "./body.js";

const querySchema = z.object({ k: z.string().max(LIMITS.shortCharacters).optional() });

/** `POST /v1/batch`: events from tags. 202 once they are on disk. */
export async function batchRoute(
  app: FastifyInstance,
  deps: { accept: Accept; findSite: FindSite; readVisitor: ReadVisitor; readClient: ReadClient },
): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/json", "text/plain"],
    { parseAs: "buffer" },
    (_request, body, done) => done(null, body),
  );
  app.addHook("onRequest", dropSlowBody);
  app.post("/v1/batch", { bodyLimit: LIMITS.batchWireBytes }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new HttpError("malformed_json", "the body is empty");
    const { json, damagedText } = await readJson(request.body, request.headers["content-encoding"]);
    const envelope = envelopeSchema.safeParse(json);
    if (!envelope.success) {
      const issue = envelope.error.issues[0];
      const place = issue?.path.join(".") || "the body";
      throw new HttpError(
        "invalid_body",
        `${place}: ${issue?.message ?? "is wrong"}; expected {writeKey, sentAt, events: […]}`,
      );
    }
    const { writeKey, sentAt, events } = envelope.data;
    const site = siteOfWriteKey(
      writeKey ?? querySchema.safeParse(request.query).data?.k,
      deps.findSite,
    );
    checkOrigin(site, request);
    if (events.length > LIMITS.batchEvents) {
      throw new HttpError(
        "too_many_events",
        `the batch has ${events.length} events, at most ${LIMITS.batchEvents} are taken: split it`,
      );
    }
    const answer = await deps.accept({
      site,
      source: "batch",
      events,
      sentAt,
      visitor: deps.readVisitor(request.headers, deps.readClient(request.ip).place),
      defaultChannel: "web",
      damagedText,
    });
    return reply.code(202).send(answer);
  });
}

/** Milliseconds for the whole body of a batch: what takes longer holds memory and no events. */
const BODY_PATIENCE = 30_000;

async function dropSlowBody(request: FastifyRequest): Promise<void> {
  const timer = setTimeout(() => request.raw.destroy(), BODY_PATIENCE);
  request.raw.once("end", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
}

/** The site of a write key. The message names the key's beginning alone: write keys are public, secret ones get mixed up with them. */
export function siteOfWriteKey(key: string | undefined, findSite: FindSite): Site {
  if (key === undefined || key === "") {
    throw new HttpError(
      "unknown_key",
      "no write key: put it into writeKey of the body, or ?k= of the address",
    );
  }
  const site = findSite("writeKey", key);
  if (site === undefined) {
    throw new HttpError(
      "unknown_key",
      `no site has the write key ${describe(`${key.slice(0, 6)}…`)}: copy it from the collector's start`,
    );
  }
  return site;
}

export function checkOrigin(site: Site, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (!originAllowed(site, origin)) {
    throw new HttpError(
      "origin_not_allowed",
      `${describe(origin)} is not among the origins of site ${site.id}: add it there`,
    );
  }
}

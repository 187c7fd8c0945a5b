import { type BatchAnswer, describe, envelopeSchema, LIMITS } from "@balise/schema";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ReadClient } from "../door/client.js";
import { HttpError } from "../errors.js";
import type { Accept } from "../ingest/accept.js";
import type { Origin } from "../ingest/origin.js";
import { readEnvelope } from "../ingest/scan/envelope.js";
import type { ReadVisitor } from "../ingest/visitor.js";
import { type FindSite, originAllowed, type Site } from "../sites.js";
import { decompress, encodingOf, readJson } from "./body.js";

const querySchema = z.object({ k: z.string().max(LIMITS.shortCharacters).optional() });

interface BatchDeps {
  accept: Accept;
  findSite: FindSite;
  readVisitor: ReadVisitor;
  readClient: ReadClient;
}

/** `POST /v1/batch`: events from tags. 202 once they are on disk. */
export async function batchRoute(app: FastifyInstance, deps: BatchDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/json", "text/plain"],
    { parseAs: "buffer" },
    (_request, body, done) => done(null, body),
  );
  app.addHook("onRequest", dropSlowBody);
  app.post("/v1/batch", { bodyLimit: LIMITS.batchWireBytes }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new HttpError("malformed_json", "the body is empty");
    const encoding = encodingOf(request.headers["content-encoding"]);
    const body = encoding === undefined ? request.body : await decompress(request.body, encoding);
    const answer = await (acceptBytes(body, request, deps) ?? acceptJson(body, request, deps));
    return reply.code(202).send(answer);
  });
}

/** The short way: a body of the shape that the tag writes, read without making objects of it. */
function acceptBytes(
  body: Buffer,
  request: FastifyRequest,
  deps: BatchDeps,
): Promise<BatchAnswer> | undefined {
  const envelope = readEnvelope(body);
  if (envelope === undefined) return undefined;
  const origin = originOf(request, deps, envelope);
  return deps.accept.bytes(origin, body, envelope.eventsAt, LIMITS.batchEvents);
}

/** The plain way: any body, and the reason where it cannot be taken. */
function acceptJson(body: Buffer, request: FastifyRequest, deps: BatchDeps): Promise<BatchAnswer> {
  const { json, damagedText } = readJson(body);
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) {
    const issue = envelope.error.issues[0];
    const place = issue?.path.join(".") || "the body";
    throw new HttpError(
      "invalid_body",
      `${place}: ${issue?.message ?? "is wrong"}; expected {writeKey, sentAt, events: […]}`,
    );
  }
  const origin = originOf(request, deps, envelope.data);
  const { events } = envelope.data;
  if (events.length > LIMITS.batchEvents) {
    throw new HttpError(
      "too_many_events",
      `the batch has ${events.length} events, at most ${LIMITS.batchEvents} are taken: split it`,
    );
  }
  return deps.accept({ ...origin, damagedText }, events);
}

/** Whose events these are. */
function originOf(
  request: FastifyRequest,
  deps: BatchDeps,
  envelope: Pick<z.infer<typeof envelopeSchema>, "writeKey" | "sentAt">,
): Origin {
  const key = envelope.writeKey ?? querySchema.safeParse(request.query).data?.k;
  const site = siteOfWriteKey(key, deps.findSite);
  checkOrigin(site, request);
  return {
    site,
    source: "batch",
    visitor: deps.readVisitor(request.headers, deps.readClient(request.ip).place),
    defaultChannel: "web",
    sentAt: envelope.sentAt,
  };
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

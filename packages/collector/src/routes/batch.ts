import { type BatchAnswer, envelopeSchema, LIMITS } from "@balise/schema";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { fromTags } from "../door/from-tags.js";
import { keyAtBeginning, keyOfAddress } from "../door/write-key.js";
import { HttpError } from "../errors.js";
import type { Accept } from "../ingest/accept.js";
import type { Origin } from "../ingest/origin.js";
import { readEnvelope } from "../ingest/scan/envelope.js";
import type { ReadVisitor } from "../ingest/visitor.js";
import type { Site } from "../sites.js";
import { decompress, encodingOf, readJson } from "./body.js";
import { keepPersonCookies } from "./person-cookie.js";

interface BatchDeps {
  accept: Accept;
  door: Doorkeeper;
  readVisitor: ReadVisitor;
  sites: readonly Site[];
  now: () => number;
  /** Told of each 202: milliseconds from the headers of its request until it was sent. */
  onAcknowledged: (milliseconds: number) => void;
}

/** `POST /v1/batch`: events from tags. 202 once they are on disk. */
export async function batchRoute(app: FastifyInstance, deps: BatchDeps): Promise<void> {
  fromTags(app, deps.door);
  keepPersonCookies(app, deps.sites, deps.now);
  app.addHook("onResponse", (_request, reply, done) => {
    if (reply.statusCode === 202) deps.onAcknowledged(reply.elapsedTime);
    done();
  });
  app.post("/v1/batch", { bodyLimit: LIMITS.batchWireBytes }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new HttpError("malformed_json", "the body is empty");
    const encoding = encodingOf(request.headers["content-encoding"], request.body);
    const body =
      encoding === undefined
        ? request.body
        : await decompress(request.body, encoding, (bytes) => admitBeginning(bytes, request, deps));
    const answer =
      (await acceptBytes(body, request, deps)) ?? (await acceptJson(body, request, deps));
    return reply.code(202).send(answer);
  });
}

/** The short way: a body of the shape that the tag writes, read without making objects of it. */
async function acceptBytes(
  body: Buffer,
  request: FastifyRequest,
  deps: BatchDeps,
): Promise<BatchAnswer | undefined> {
  const envelope = readEnvelope(body);
  if (envelope === undefined) return undefined;
  // The key may stand behind the events.
  if (envelope.writeKey === undefined && request.site === undefined) return undefined;
  const origin = await originOf(request, deps, envelope);
  return deps.accept.bytes(origin, body, envelope.eventsAt, LIMITS.batchEvents);
}

/** The plain way: any body, and the reason where it cannot be taken. */
async function acceptJson(
  body: Buffer,
  request: FastifyRequest,
  deps: BatchDeps,
): Promise<BatchAnswer> {
  await admitBeginning(body, request, deps);
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
  const origin = await originOf(request, deps, envelope.data);
  const { events } = envelope.data;
  if (events.length > LIMITS.batchEvents) {
    throw new HttpError(
      "too_many_events",
      `the batch has ${events.length} events, at most ${LIMITS.batchEvents} are taken: split it`,
    );
  }
  return deps.accept({ ...origin, damagedText }, events, { held: body.length });
}

/** Refuses an unknown key before the rest of its body costs anything. */
async function admitBeginning(
  bytes: Buffer,
  request: FastifyRequest,
  { door }: BatchDeps,
): Promise<void> {
  const key = keyAtBeginning(bytes);
  if (key !== undefined) await door.admit(request, key);
}

/** Whose events these are. */
async function originOf(
  request: FastifyRequest,
  deps: BatchDeps,
  envelope: Pick<z.infer<typeof envelopeSchema>, "writeKey" | "sentAt">,
): Promise<Origin> {
  const site = await deps.door.admit(request, envelope.writeKey ?? keyOfAddress(request));
  return {
    site,
    source: "batch",
    visitor: deps.readVisitor(request.headers, request.client?.place),
    defaultChannel: "web",
    sentAt: envelope.sentAt,
  };
}

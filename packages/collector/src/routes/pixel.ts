import { LIMITS } from "@balise/schema";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { openToOthers } from "../door/headers.js";
import { HttpError } from "../errors.js";
import type { Accept } from "../ingest/accept.js";
import type { ReadVisitor } from "../ingest/visitor.js";

/** One transparent point. */
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const querySchema = z.object({
  k: z.string().max(LIMITS.shortCharacters).optional(),
  e: z
    .string()
    .min(1)
    .max(LIMITS.pixelCharacters)
    .regex(/^[A-Za-z0-9_-]+=*$/, "must be base64url"),
});

/** `GET /v1/pixel.gif`: one event in the address, for e-mails and pages without JavaScript. */
export async function pixelRoute(
  app: FastifyInstance,
  deps: { accept: Accept; door: Doorkeeper; readVisitor: ReadVisitor },
): Promise<void> {
  // Who asks for the head alone, as scanners of e-mails do, has opened nothing.
  app.get("/v1/pixel.gif", { exposeHeadRoute: false }, async (request, reply) => {
    openToOthers(reply);
    const query = querySchema.parse(request.query);
    const site = await deps.door.admit(request, query.k);
    const visitor = deps.readVisitor(request.headers, request.client?.place);
    const { rejected } = await deps.accept(
      { site, source: "pixel", visitor, defaultChannel: "email" },
      [eventOf(query.e)],
    );
    const [first] = rejected;
    if (first !== undefined)
      throw new HttpError("invalid_parameter", `e: ${first.code}: ${first.message}`);
    return reply.header("cache-control", "no-store").type("image/gif").send(GIF);
  });
}

function eventOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw new HttpError("malformed_json", "e is not base64url of one event as JSON");
  }
}

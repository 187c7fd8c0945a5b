import { LIMITS } from "@balise/schema";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { openToOthers } from "../door/headers.js";
import { asked } from "../surveys/asked.js";
import type { Configs } from "../surveys/configs.js";

const querySchema = z.object({ k: z.string().max(LIMITS.shortCharacters).optional() });

/**
 * Browsers ask again after a minute, with the ETag, and may go on with what they know while nobody
 * answers.
 */
const CACHING = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

/** `GET /v1/config`: the surveys of a site as its pages need them; the same for everyone. */
export async function configRoute(
  app: FastifyInstance,
  { door, configs }: { door: Doorkeeper; configs: Configs },
): Promise<void> {
  app.get("/v1/config", async (request, reply) => {
    void openToOthers(reply);
    const { k } = querySchema.parse(request.query);
    const site = await door.admit(request, k);
    const { body, etag } = await asked(() => configs.of(site.id));
    void reply.header("cache-control", CACHING).header("etag", etag);
    // A proxy that packs the answer may mark the tag as weak.
    if (request.headers["if-none-match"]?.includes(etag) === true) return reply.code(304).send();
    return reply.type("application/json; charset=utf-8").send(body);
  });
}

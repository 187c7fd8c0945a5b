import { describe, type ExposuresAnswer, LIMITS } from "@balise/schema";
import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { fromTags } from "../door/from-tags.js";
import { keyOfAddress } from "../door/write-key.js";
import { HttpError } from "../errors.js";
import { asked } from "../surveys/asked.js";
import type { Configs } from "../surveys/configs.js";
import { exposuresOf } from "../surveys/exposures.js";
import { readJson } from "./body.js";

const MAX_BODY = 4096;

/** Questions under way at once; a browser that is refused goes on with what it knows. */
const MOST = 16;

const bodySchema = z.object({
  writeKey: z.string().max(LIMITS.shortCharacters).optional(),
  anonymousId: z.uuid(),
  userId: z.string().min(1).max(LIMITS.identifierCharacters).optional(),
});

/**
 * `POST /v1/exposures`: what this person was shown on all their devices. The ids come in the body,
 * since addresses are logged on their way.
 */
export async function exposuresRoute(
  app: FastifyInstance,
  deps: { door: Doorkeeper; configs: Configs; client: ClickHouseClient; now: () => number },
): Promise<void> {
  const { door, configs, client, now } = deps;
  let underWay = 0;
  fromTags(app, door);
  app.post("/v1/exposures", { bodyLimit: MAX_BODY }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) throw new HttpError("malformed_json", "the body is empty");
    const body = bodySchema.safeParse(readJson(request.body).json);
    if (!body.success) {
      const issue = body.error.issues[0];
      throw new HttpError(
        "invalid_body",
        `${describe(issue?.path.join(".") || "the body")}: ${issue?.message}; expected {writeKey, anonymousId, userId}`,
      );
    }
    const { writeKey, anonymousId, userId } = body.data;
    const site = await door.admit(request, writeKey ?? keyOfAddress(request));
    if (underWay >= MOST) {
      throw new HttpError("busy", `more than ${MOST} ask at once: go on with what is known`, 2);
    }
    underWay++;
    try {
      const answer = await asked<ExposuresAnswer>(async () => {
        const { acrossDevices } = (await configs.of(site.id)).plan;
        if (acrossDevices === false) return { exposures: [] };
        const whose = { anonymousId: anonymousId.toLowerCase(), userId };
        return { exposures: await exposuresOf(client, site.id, whose, now()) };
      });
      return reply.header("cache-control", "no-store").send(answer);
    } finally {
      underWay--;
    }
  });
}

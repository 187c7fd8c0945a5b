import { describe } from "@balise/schema";
import type { FastifyInstance } from "fastify";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { personSchema } from "../erase/erasure.js";
import type { Eraser } from "../erase/eraser.js";
import { HttpError } from "../errors.js";
import { explain } from "../explain.js";
import { Trouble } from "../trouble.js";

const MAX_BODY = 16 * 1024;

/**
 * `POST /v1/erase` takes `{userId}`, `{anonymousId}` or both, and answers 202 once the request is on
 * disk; `GET /v1/erase/:requestId` tells how far it is.
 */
export async function eraseRoutes(
  app: FastifyInstance,
  deps: { eraser: Eraser; door: Doorkeeper },
): Promise<void> {
  const trouble = new Trouble(app.log);
  app.addHook("onRequest", async (request) => {
    await deps.door.admitBearer(request, "secretKey");
  });
  app.post("/v1/erase", { bodyLimit: MAX_BODY }, async (request, reply) => {
    const site = await deps.door.admitBearer(request, "secretKey");
    const person = personSchema.safeParse(request.body);
    if (!person.success) {
      const issue = person.error.issues[0];
      const place = issue?.path.join(".") || "the body";
      throw new HttpError(
        "invalid_body",
        `${place}: ${issue?.message}; expected {userId}, {anonymousId} or both, of whom to erase`,
      );
    }
    const status = await deps.eraser.request(site.id, person.data).catch((error: unknown) => {
      trouble.tell("error", { error: explain(error) }, "a request to erase could not be kept");
      throw new HttpError(
        "erasure_not_kept",
        "the request could not be written to the data directory: free some space, then send it again",
        RETRY,
      );
    });
    return reply.code(202).header("cache-control", "no-store").send(status);
  });

  app.get<{ Params: { requestId: string } }>("/v1/erase/:requestId", async (request, reply) => {
    const site = await deps.door.admitBearer(request, "secretKey");
    const { requestId } = request.params;
    const status = await deps.eraser.find(site.id, requestId);
    if (status === undefined) {
      throw new HttpError(
        "not_found",
        `site ${site.id} asked for no erasure ${describe(requestId)}`,
      );
    }
    return reply.header("cache-control", "no-store").send(status);
  });
}

/** Seconds after which a request that was not kept may be sent again. */
const RETRY = 10;

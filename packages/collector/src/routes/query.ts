import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyInstance } from "fastify";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { HttpError } from "../errors.js";
import { ask } from "../query/ask.js";
import { listed } from "../query/listing.js";
import type { Asking } from "../query/query.js";
import { QUERIES } from "../query/registry.js";

const MAX_BODY = 1024 * 1024;

/** `GET /v1/query` lists the questions, `POST /v1/query/:name` asks one. */
export async function queryRoutes(
  app: FastifyInstance,
  deps: {
    client: ClickHouseClient;
    door: Doorkeeper;
    /** The only site, if there is one: views need no argument for it. */
    singleSite: string | undefined;
    asking: Asking;
  },
): Promise<void> {
  app.addHook("onRequest", async (request) => {
    await deps.door.admitBearer(request, "readKey");
  });
  // The same as long as the process lives, and some ten milliseconds of work.
  let text: string | undefined;
  app.get("/v1/query", async (_request, reply) => {
    text ??= JSON.stringify({
      queries: [...QUERIES.values()].map((query) => listed(query, deps.singleSite)),
    });
    return reply
      .header("cache-control", "no-store")
      .type("application/json; charset=utf-8")
      .send(text);
  });
  app.post<{ Params: { name: string } }>(
    "/v1/query/:name",
    { bodyLimit: MAX_BODY },
    async (request, reply) => {
      const site = await deps.door.admitBearer(request, "readKey");
      const query = QUERIES.get(request.params.name);
      if (query === undefined) {
        throw new HttpError(
          "not_found",
          `there is no query ${JSON.stringify(request.params.name.slice(0, 60))}; there are ${[...QUERIES.keys()].join(", ")}`,
        );
      }
      const answer = await ask(deps.client, query, request.body ?? {}, site.id, deps.asking);
      return reply.header("cache-control", "no-store").send(answer);
    },
  );
}

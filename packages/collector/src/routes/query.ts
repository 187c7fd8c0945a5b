import type { Plan } from "@balise/schema";
import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { HttpError } from "../errors.js";
import { ask } from "../query/ask.js";
import { QUERIES } from "../query/registry.js";

const MAX_BODY = 1024 * 1024;

/** `GET /v1/query` lists the questions, `POST /v1/query/:name` asks one. */
export async function queryRoutes(
  app: FastifyInstance,
  deps: { client: ClickHouseClient; door: Doorkeeper; plan?: Plan | undefined },
): Promise<void> {
  app.addHook("onRequest", async (request) => {
    await deps.door.admitBearer(request, "readKey");
  });
  app.get("/v1/query", async (_request, reply) => {
    const queries = [...QUERIES.values()].map(
      ({ name, question, unit, definition, caveat, parameters }) => ({
        name,
        question,
        unit,
        definition,
        caveat,
        parameters: z.toJSONSchema(parameters, { io: "input", unrepresentable: "any" }),
      }),
    );
    return reply.header("cache-control", "no-store").send({ queries });
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
      const answer = await ask(deps.client, query, request.body ?? {}, site.id, {
        plan: deps.plan,
      });
      return reply.header("cache-control", "no-store").send(answer);
    },
  );
}

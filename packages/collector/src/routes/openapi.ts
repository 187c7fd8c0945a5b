import type { FastifyInstance } from "fastify";
import { openapiOf } from "../query/openapi.js";
import { QUERIES } from "../query/registry.js";
import { versionOf } from "../version.js";

/** `GET /v1/openapi.json`: the questions, for whoever makes a client of them. It tells of no site. */
export async function openapiRoute(app: FastifyInstance, basePath: string): Promise<void> {
  // The same as long as the process lives, and not needed for a start.
  let text: string | undefined;
  app.get("/v1/openapi.json", async (_request, reply) => {
    text ??= JSON.stringify(openapiOf(QUERIES.values(), versionOf(), basePath));
    return reply
      .header("cache-control", "public, max-age=300")
      .type("application/json; charset=utf-8")
      .send(text);
  });
}

import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";

/** `GET /metrics`: Prometheus text. */
export async function metricsRoute(app: FastifyInstance, registry: Registry): Promise<void> {
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

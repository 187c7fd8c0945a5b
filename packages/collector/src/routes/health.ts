import type { FastifyInstance } from "fastify";
import type { Drain } from "../ingest/drain.js";
import type { Spool } from "../ingest/spool.js";

/** Share of the spool that must be free to be called ready. */
const HEADROOM = 0.05;

/** Live: the process answers. Ready: it can keep events. Neither depends on ClickHouse. */
export async function healthRoutes(
  app: FastifyInstance,
  { spool, drain }: { spool: Spool; drain: Drain },
): Promise<void> {
  app.get("/v1/health/live", async () => ({ status: "live" }));
  app.get("/v1/health/ready", async (_request, reply) => {
    const { bytes, maxBytes } = spool;
    const headroom = Math.max(0, 1 - bytes / maxBytes);
    const ready = headroom > HEADROOM;
    const { started, lastError, interval } = drain.state;
    if (!ready) void reply.code(503).header("retry-after", 10);
    return reply.send({
      status: ready ? "ready" : "spool_full",
      spool: { bytes, maxBytes, headroom, oldestAgeSeconds: spool.oldestAge() / 1000 },
      // As of the last insert: nobody is asked here.
      store: {
        reachable: started && lastError === undefined,
        insertIntervalSeconds: interval / 1000,
      },
    });
  });
}

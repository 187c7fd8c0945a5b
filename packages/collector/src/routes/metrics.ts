import type { FastifyInstance } from "fastify";
import { Counter, Gauge, Registry } from "prom-client";
import type { Accept } from "../ingest/accept.js";
import type { Drain } from "../ingest/drain.js";
import type { Spool } from "../ingest/spool.js";

/** `GET /metrics`: Prometheus text. Labels name reasons, never persons. */
export async function metricsRoute(
  app: FastifyInstance,
  deps: { accept: Accept; spool: Spool; drain: Drain },
): Promise<void> {
  const registry = registryOf(deps);
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** The numbers live where they arise; they are read when they are asked for. */
function registryOf({ accept, spool, drain }: Parameters<typeof metricsRoute>[1]): Registry {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, value: () => number): void => {
    const made = new Counter({
      name,
      help,
      registers,
      collect: () => {
        made.reset();
        made.inc(value());
      },
    });
  };
  const gauge = (name: string, help: string, value: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(value()) });
  };
  const { counts } = accept;
  counter("balise_events_accepted_total", "Events on disk.", () => counts.accepted);
  const rejected = new Counter({
    name: "balise_events_rejected_total",
    help: "Events kept in rejected_events, by reason.",
    labelNames: ["code"],
    registers,
    collect: () => {
      rejected.reset();
      for (const [code, count] of counts.rejected) rejected.inc({ code }, count);
    },
  });
  counter(
    "balise_unknown_fields_total",
    "Top-level fields that this version does not know, left out of accepted events.",
    () => counts.unknownFields,
  );
  counter("balise_rows_inserted_total", "Rows that ClickHouse took.", () => drain.state.rows);
  counter("balise_inserts_total", "Inserts that ClickHouse took.", () => drain.state.inserts);
  counter("balise_rows_refused_total", "Rows that ClickHouse refused.", () => drain.state.refused);
  gauge("balise_spool_bytes", "Bytes that wait for ClickHouse.", () => spool.bytes);
  gauge("balise_spool_limit_bytes", "Bytes at which the answer is 503.", () => spool.maxBytes);
  return registry;
}

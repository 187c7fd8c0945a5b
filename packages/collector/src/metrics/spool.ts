import type { Registry } from "prom-client";
import type { Spool } from "../ingest/spool.js";
import { liveGauge } from "./live.js";

/** What waits for ClickHouse. */
export function spoolMetrics(registry: Registry, spool: Spool): void {
  const gauge = (name: string, help: string, value: () => number): void =>
    liveGauge(registry, name, help, value);
  gauge("balise_spool_bytes", "Bytes that wait for ClickHouse.", () => spool.bytes);
  gauge("balise_spool_limit_bytes", "Bytes at which the answer is 503.", () => spool.maxBytes);
  gauge("balise_spool_segments", "Files of the spool.", () => spool.segments);
  gauge(
    "balise_spool_oldest_age_seconds",
    "How long the oldest event has waited for ClickHouse, at most; 0 when none waits.",
    () => spool.oldestAge() / 1000,
  );
}

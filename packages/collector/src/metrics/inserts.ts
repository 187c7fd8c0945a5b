import { Counter, Histogram, type Registry } from "prom-client";
import type { Drain } from "../ingest/drain.js";
import { TABLES } from "../ingest/record.js";
import { liveCounter, liveGauge } from "./live.js";

const BUCKETS = {
  duration: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  rows: [1, 10, 100, 500, 1000, 2500, 5000, 10_000, 20_000],
  freshness: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400],
};

/** What the drain carries into ClickHouse. */
export function insertMetrics(registry: Registry, drain: Drain): void {
  countByTable(registry, drain);
  measureInserts(registry, drain);
  liveCounter(
    registry,
    "balise_rows_refused_total",
    "Rows that ClickHouse refused, kept in rejected_events.",
    () => drain.state.refused,
  );
  liveGauge(
    registry,
    "balise_drain_lag_seconds",
    "Age of the oldest segment that is ready for ClickHouse and not stored; near 0 while the drain keeps up.",
    () => drain.lag() / 1000,
  );
}

function countByTable(registry: Registry, drain: Drain): void {
  const counter = (name: string, help: string): Counter<"table"> => {
    const made = new Counter({ name, help, labelNames: ["table"], registers: [registry] });
    // What has not happened yet counts 0: a first failure is then seen as a rise.
    for (const table of TABLES) made.inc({ table }, 0);
    return made;
  };
  const rows = counter("balise_rows_inserted_total", "Rows that ClickHouse acknowledged.");
  const inserts = counter("balise_inserts_total", "Inserts that ClickHouse acknowledged.");
  const failures = counter(
    "balise_insert_failures_total",
    "Inserts that failed and were made again, those refused for one row included.",
  );
  drain.onInsert(({ table, rows: inserted }) => {
    rows.inc({ table }, inserted);
    inserts.inc({ table });
  });
  drain.onFailure((table) => failures.inc({ table }));
}

function measureInserts(registry: Registry, drain: Drain): void {
  const registers = [registry];
  const duration = new Histogram({
    name: "balise_insert_duration_seconds",
    help: "From sending an insert to its acknowledgement by ClickHouse.",
    buckets: BUCKETS.duration,
    registers,
  });
  const size = new Histogram({
    name: "balise_insert_rows",
    help: "Rows of an insert.",
    buckets: BUCKETS.rows,
    registers,
  });
  const freshness = new Histogram({
    name: "balise_event_freshness_seconds",
    help: "Of each insert into events: how long ago its oldest event was received, at most, when ClickHouse had it.",
    buckets: BUCKETS.freshness,
    registers,
  });
  drain.onInsert(({ table, rows, milliseconds, oldestAgeMs }) => {
    duration.observe(milliseconds / 1000);
    size.observe(rows);
    if (table === "events") freshness.observe(oldestAgeMs / 1000);
  });
}

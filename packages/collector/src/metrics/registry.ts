import { Registry } from "prom-client";
import type { Watch } from "../alerts/watch.js";
import type { Answers } from "../answers.js";
import type { Accept } from "../ingest/accept.js";
import type { Drain } from "../ingest/drain.js";
import type { Spool } from "../ingest/spool.js";
import { alertMetrics } from "./alerts.js";
import { acknowledgementMetric, answerMetrics } from "./answers.js";
import { eventMetrics } from "./events.js";
import { insertMetrics } from "./inserts.js";
import { runtimeMetrics } from "./runtime.js";
import { spoolMetrics } from "./spool.js";

export interface Metrics {
  registry: Registry;
  /** To be told of each 202 of a batch: milliseconds from the headers of its request. */
  onAcknowledged: (milliseconds: number) => void;
}

/**
 * The numbers of one collector, for Prometheus. Labels name reasons and tables, never persons or
 * sites, so there are no more series however many are measured.
 */
export function createMetrics(deps: {
  accept: Accept;
  spool: Spool;
  drain: Drain;
  answers: Answers;
  alerts?: Watch | undefined;
}): Metrics {
  const registry = new Registry();
  eventMetrics(registry, deps.accept);
  answerMetrics(registry, deps.answers);
  const onAcknowledged = acknowledgementMetric(registry);
  spoolMetrics(registry, deps.spool);
  insertMetrics(registry, deps.drain);
  alertMetrics(registry, deps.alerts);
  runtimeMetrics(registry);
  return { registry, onAcknowledged };
}

import { ERRORS } from "@balise/schema";
import { Histogram, type Registry } from "prom-client";
import type { Answers } from "../answers.js";
import { liveCounters } from "./live.js";

const codesOf = (matches: (status: number) => boolean): string[] =>
  Object.entries(ERRORS).flatMap(([code, { status }]) => (matches(status) ? [code] : []));

/** What senders and askers were answered when they did not get what they wanted. */
export function answerMetrics(registry: Registry, answers: Answers): void {
  const counts: ReadonlyMap<string, number> = answers.counts;
  const value = (code: string): number => counts.get(code) ?? 0;
  liveCounters(
    registry,
    "balise_responses_unavailable_total",
    "Answers of status 503, by their code; the readiness check is not among them.",
    codesOf((status) => status === 503),
    value,
  );
  liveCounters(
    registry,
    "balise_responses_refused_total",
    "Answers that say what is wrong with the request (status 4xx), by their code.",
    codesOf((status) => status < 500),
    value,
  );
  liveCounters(
    registry,
    "balise_responses_failed_total",
    "Answers of status 500 and 501, by their code: internal is a fault of the collector.",
    codesOf((status) => status === 500 || status === 501),
    value,
  );
}

/** @returns what is to be told of each 202: milliseconds from the headers of its request. */
export function acknowledgementMetric(registry: Registry): (milliseconds: number) => void {
  const histogram = new Histogram({
    name: "balise_acknowledgement_seconds",
    help: "From the headers of a POST /v1/batch to its 202, events on disk; other answers are left out.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return (milliseconds) => histogram.observe(milliseconds / 1000);
}

import type { Registry } from "prom-client";
import type { Watch } from "../alerts/watch.js";
import { liveCounter, liveGauge } from "./live.js";

/** What the rules of alerts told, and whether it was heard; nothing where there are no rules. */
export function alertMetrics(registry: Registry, watch: Watch | undefined): void {
  const counter = (name: string, help: string, value: () => number): void =>
    liveCounter(registry, name, help, value);
  counter("balise_alerts_told_total", "Alerts that rules gave.", () => watch?.counts.told ?? 0);
  counter(
    "balise_alerts_sent_total",
    "Alerts that the receiver took.",
    () => watch?.counts.sent ?? 0,
  );
  counter(
    "balise_alerts_failed_tries_total",
    "Tries to send an alert that failed; it is tried again.",
    () => watch?.counts.failedTries ?? 0,
  );
  counter(
    "balise_alerts_given_up_total",
    "Alerts that were never taken: too old, or too many.",
    () => watch?.counts.givenUp ?? 0,
  );
  counter(
    "balise_alerts_failed_looks_total",
    "Times that a rule could not be asked.",
    () => watch?.counts.failedLooks ?? 0,
  );
  liveGauge(
    registry,
    "balise_alerts_waiting",
    "Alerts that wait to be sent.",
    () => watch?.waiting.length ?? 0,
  );
  liveGauge(
    registry,
    "balise_alerts_looked_at_seconds",
    "When all rules were last asked without a failure, in Unix time; 0 before the first time.",
    () => (watch?.lookedAt ?? 0) / 1000,
  );
}

import { Counter, Gauge, type Registry } from "prom-client";

/** A number that lives where it arises, and is read when it is asked for. */
export function liveGauge(
  registry: Registry,
  name: string,
  help: string,
  value: () => number,
): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect: () => gauge.set(value()),
  });
}

/** As a gauge, of a number that only grows. */
export function liveCounter(
  registry: Registry,
  name: string,
  help: string,
  value: () => number,
): void {
  const counter: Counter = new Counter({
    name,
    help,
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(value());
    },
  });
}

/** One number for each of these codes and no other: what has not happened yet counts 0. */
export function liveCounters(
  registry: Registry,
  name: string,
  help: string,
  codes: readonly string[],
  value: (code: string) => number,
): void {
  const counter: Counter<"code"> = new Counter({
    name,
    help,
    labelNames: ["code"],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const code of codes) counter.inc({ code }, value(code));
    },
  });
}

/**
 * The definition of the funnel, written as plainly as it can be: tests compare the SQL with it. It
 * tries every choice of events, so it is for short histories only.
 */

import { anyOrder } from "./oracle/any-order.js";
import {
  type OracleChain,
  type OracleEvent,
  type OracleFunnel,
  type OracleOptions,
  requiredBefore,
} from "./oracle/funnel.js";
import { inOrder } from "./oracle/in-order.js";

export type { OracleEvent } from "./oracle/funnel.js";

export interface OracleStep {
  step: number;
  people: number;
  medianSeconds: number | null;
  p90Seconds: number | null;
  medianTotalSeconds: number | null;
  p90TotalSeconds: number | null;
}

export function oracleFunnel(
  events: readonly OracleEvent[],
  steps: readonly (readonly string[])[],
  windowMilliseconds: number,
  options: OracleOptions = {},
): OracleStep[] {
  const funnel = { steps, windowMilliseconds, ...options };
  const chains = [...oracleChains(events, funnel).values()];
  return steps.map((_, index) => {
    const reached = chains.filter((chain) => chain.moments[index] !== undefined);
    const before = requiredBefore(funnel, index);
    const between = reached.map(
      ({ moments }) => ((moments[index] ?? Number.NaN) - (moments[before] ?? Number.NaN)) / 1000,
    );
    const total = reached.map(
      ({ moments, start }) => ((moments[index] ?? Number.NaN) - start) / 1000,
    );
    const timed = index > 0 && reached.length > 0;
    return {
      step: index + 1,
      people: reached.length,
      medianSeconds: timed ? quantile(between, 0.5) : null,
      p90Seconds: timed ? quantile(between, 0.9) : null,
      medianTotalSeconds: timed ? quantile(total, 0.5) : null,
      p90TotalSeconds: timed ? quantile(total, 0.9) : null,
    };
  });
}

/** The counted chain of every unit that reached the first step. */
function oracleChains(
  events: readonly OracleEvent[],
  funnel: OracleFunnel,
): Map<string, OracleChain> {
  const histories = new Map<string, Map<string, OracleEvent>>();
  for (const event of events) {
    const history = histories.get(event.unit) ?? new Map<string, OracleEvent>();
    if (!history.has(event.id)) history.set(event.id, event);
    histories.set(event.unit, history);
  }
  const choose = funnel.order === "unordered" ? anyOrder : inOrder;
  return new Map(
    [...histories].flatMap(([unit, history]) => {
      const chain = choose([...history.values()], funnel);
      return chain === undefined ? [] : [[unit, chain] as const];
    }),
  );
}

/** Linear between the two nearest ranks, ends included (Hyndman & Fan 1996, type 7), to 0.1 ms. */
export function quantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * level;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  const value = low + (high - low) * (place - Math.floor(place));
  return Math.round(value * 10_000) / 10_000;
}

/**
 * The definition of the funnel, written as plainly as it can be: tests compare the SQL with it. It
 * tries every choice of events, so it is for short histories only.
 */

export interface OracleEvent {
  id: string;
  /** Who: after identities are resolved. */
  unit: string;
  name: string;
  /** Epoch milliseconds. */
  time: number;
}

export interface OracleStep {
  step: number;
  people: number;
  medianSeconds: number | null;
  p90Seconds: number | null;
  medianTotalSeconds: number | null;
  p90TotalSeconds: number | null;
}

/** Steps as the sets of names that match them. */
export function oracleFunnel(
  events: readonly OracleEvent[],
  steps: readonly (readonly string[])[],
  windowMilliseconds: number,
): OracleStep[] {
  const histories = new Map<string, Map<string, OracleEvent>>();
  for (const event of events) {
    const history = histories.get(event.unit) ?? new Map<string, OracleEvent>();
    if (!history.has(event.id)) history.set(event.id, event);
    histories.set(event.unit, history);
  }
  const chains = [...histories.values()].map((history) =>
    bestChain([...history.values()], steps, windowMilliseconds),
  );
  return steps.map((_, index) => {
    const reached = chains.filter((chain) => chain.length > index);
    const between = reached.map((chain) => ((chain[index] ?? 0) - (chain[index - 1] ?? 0)) / 1000);
    const total = reached.map((chain) => ((chain[index] ?? 0) - (chain[0] ?? 0)) / 1000);
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

/** The times of the chosen chain: deepest; then earliest end; then latest start; then each step soonest. */
function bestChain(
  history: readonly OracleEvent[],
  steps: readonly (readonly string[])[],
  window: number,
): number[] {
  let best: number[] = [];
  const used = new Set<OracleEvent>();
  const extend = (chain: number[]): void => {
    if (isBetter(chain, best)) best = [...chain];
    const names = steps[chain.length];
    if (names === undefined) return;
    for (const event of history) {
      const earliest = chain.at(-1) ?? Number.NEGATIVE_INFINITY;
      const latest = (chain[0] ?? Number.POSITIVE_INFINITY) + window;
      if (
        used.has(event) ||
        !names.includes(event.name) ||
        event.time < earliest ||
        event.time > latest
      )
        continue;
      used.add(event);
      chain.push(event.time);
      extend(chain);
      chain.pop();
      used.delete(event);
    }
  };
  extend([]);
  return best;
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return a.length > b.length;
  if (a.at(-1) !== b.at(-1)) return (a.at(-1) ?? 0) < (b.at(-1) ?? 0);
  if (a[0] !== b[0]) return (a[0] ?? 0) > (b[0] ?? 0);
  const differs = a.findIndex((time, index) => time !== b[index]);
  return differs !== -1 && (a[differs] ?? 0) < (b[differs] ?? 0);
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

import {
  isOptional,
  matchesOf,
  type OracleChain,
  type OracleEvent,
  type OracleFunnel,
  requiredBefore,
} from "./funnel.js";

type Chosen = OracleEvent | undefined;

/**
 * Deepest in required steps; then earliest end; then latest start; then, step by step, an optional
 * one done rather than not, and sooner rather than later.
 */
export function inOrder(
  history: readonly OracleEvent[],
  funnel: OracleFunnel,
): OracleChain | undefined {
  let best: Chosen[] = [];
  const extend = (chain: readonly Chosen[]): void => {
    if (isBetter(chain, best, funnel)) best = [...chain];
    const step = chain.length;
    const names = funnel.steps[step];
    if (names === undefined) return;
    for (const event of history) {
      if (names.includes(event.name) && mayFollow(chain, event, history, funnel))
        extend([...chain, event]);
    }
    if (isOptional(funnel, step)) extend([...chain, undefined]);
  };
  extend([]);
  const start = best[0];
  return start === undefined
    ? undefined
    : { start: start.time, moments: best.map((event) => event?.time) };
}

function mayFollow(
  chain: readonly Chosen[],
  event: OracleEvent,
  history: readonly OracleEvent[],
  funnel: OracleFunnel,
): boolean {
  const step = chain.length;
  const done = chain.filter((chosen) => chosen !== undefined);
  const first = done[0];
  const last = done.at(-1);
  if (first === undefined || last === undefined) return true;
  if (done.includes(event) || event.time < last.time) return false;
  if (event.time > first.time + funnel.windowMilliseconds) return false;
  if (sharesItsMillisecond(chain, event, funnel)) return false;
  if (isOptional(funnel, step)) return true;
  const before = requiredBefore(funnel, step);
  const from = chain[before]?.time ?? Number.NaN;
  return !history.some(
    ({ name, time }) =>
      time > from && time < event.time && standsInTheWay(name, before, step, funnel),
  );
}

/** An event that matches several steps is taken for an optional one only apart from all others. */
function sharesItsMillisecond(
  chain: readonly Chosen[],
  event: OracleEvent,
  funnel: OracleFunnel,
): boolean {
  return [...chain, event].some(
    (chosen, step) =>
      chosen !== undefined &&
      isOptional(funnel, step) &&
      matchesOf(funnel, chosen) > 1 &&
      [...chain, event].some(
        (other) => other !== undefined && other !== chosen && other.time === chosen.time,
      ),
  );
}

function standsInTheWay(name: string, from: number, to: number, funnel: OracleFunnel): boolean {
  const strict =
    funnel.order === "strict" &&
    funnel.steps.some((names, step) => !isOptional(funnel, step) && names.includes(name));
  return (
    strict ||
    (funnel.exclude ?? []).some(
      ({ names, between: [first, last] = [0, funnel.steps.length] }) =>
        names.includes(name) && first <= from && to <= last,
    )
  );
}

function isBetter(a: readonly Chosen[], b: readonly Chosen[], funnel: OracleFunnel): boolean {
  const depthOf = (chain: readonly Chosen[]): number =>
    chain.filter((_, step) => !isOptional(funnel, step)).length;
  const endOf = (chain: readonly Chosen[]): number =>
    chain.findLast((_, step) => !isOptional(funnel, step))?.time ?? 0;
  if (depthOf(a) !== depthOf(b)) return depthOf(a) > depthOf(b);
  if (endOf(a) !== endOf(b)) return endOf(a) < endOf(b);
  if (a[0]?.time !== b[0]?.time) return (a[0]?.time ?? 0) > (b[0]?.time ?? 0);
  const length = Math.max(a.length, b.length);
  for (let step = 1; step < length; step++) {
    const [left, right] = [a[step]?.time ?? Infinity, b[step]?.time ?? Infinity];
    if (left !== right) return left < right;
  }
  // All else being equal, the one that says more of optional steps at its end.
  return a.length > b.length;
}

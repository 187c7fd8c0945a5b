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

export interface OracleOptions {
  order?: "ordered" | "strict" | "unordered";
  /** Places of optional steps, from 0. */
  optional?: readonly number[];
  /** Names that may not come between two steps (places from 0, of required steps). */
  exclude?: readonly { names: readonly string[]; between?: readonly [number, number] }[];
}

export interface OracleFunnel extends OracleOptions {
  /** Steps as the sets of names that match them. */
  steps: readonly (readonly string[])[];
  windowMilliseconds: number;
}

/** What a unit counts as: when its chain began, and each step's moment, undefined where not done. */
export interface OracleChain {
  start: number;
  moments: (number | undefined)[];
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
export function oracleChains(
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

const isOptional = (funnel: OracleFunnel, step: number): boolean =>
  funnel.optional?.includes(step) === true;

const matchesOf = (funnel: OracleFunnel, event: OracleEvent): number =>
  funnel.steps.filter((names) => names.includes(event.name)).length;

function requiredBefore(funnel: OracleFunnel, step: number): number {
  let before = step - 1;
  while (before > 0 && isOptional(funnel, before)) before--;
  return before;
}

type Chosen = OracleEvent | undefined;

/**
 * Deepest in required steps; then earliest end; then latest start; then, step by step, an optional
 * one done rather than not, and sooner rather than later.
 */
function inOrder(history: readonly OracleEvent[], funnel: OracleFunnel): OracleChain | undefined {
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

/** Deepest; then the earliest end; then the latest start. Steps are done when all before them are too. */
function anyOrder(history: readonly OracleEvent[], funnel: OracleFunnel): OracleChain | undefined {
  const required = funnel.steps.flatMap((names, step) =>
    isOptional(funnel, step) ? [] : [{ names, step }],
  );
  let best: { start: number; dones: number[] } | undefined;
  for (const { time: start } of history) {
    const inside = history.filter(
      ({ time }) => time >= start && time <= start + funnel.windowMilliseconds,
    );
    const ends = required.map((_, last) =>
      soonestOf(
        required.slice(0, last + 1).map(({ names }) => names),
        inside,
      ),
    );
    const dones = ends.filter(
      (end): end is number => end !== undefined && isClear(start, end, history, funnel),
    );
    const [end, bestEnd] = [dones.at(-1) ?? 0, best?.dones.at(-1) ?? 0];
    const depth = dones.length - (best?.dones.length ?? 0);
    if (
      dones.length > 0 &&
      (depth > 0 ||
        (depth === 0 && (end < bestEnd || (end === bestEnd && start > (best?.start ?? 0)))))
    )
      best = { start, dones };
  }
  if (best === undefined) return undefined;
  const { start, dones } = best;
  const moments = funnel.steps.map((names, step) => {
    if (!isOptional(funnel, step)) return dones[required.findIndex((item) => item.step === step)];
    const before = dones[required.findIndex((item) => item.step === requiredBefore(funnel, step))];
    const times = history
      .filter(
        (event) =>
          names.includes(event.name) &&
          matchesOf(funnel, event) === 1 &&
          event.time >= start &&
          event.time <= start + funnel.windowMilliseconds,
      )
      .map(({ time }) => time);
    return before === undefined || times.length === 0
      ? undefined
      : Math.max(before, Math.min(...times));
  });
  return { start, moments };
}

function isClear(
  start: number,
  end: number,
  history: readonly OracleEvent[],
  funnel: OracleFunnel,
): boolean {
  return !history.some(
    ({ name, time }) =>
      time > start &&
      time < end &&
      (funnel.exclude ?? []).some(({ names }) => names.includes(name)),
  );
}

/** The soonest moment at which distinct events have served all the steps. */
function soonestOf(
  steps: readonly (readonly string[])[],
  events: readonly OracleEvent[],
): number | undefined {
  const [names, ...rest] = steps;
  if (names === undefined) return 0;
  const ends = events
    .filter((event) => names.includes(event.name))
    .flatMap((event) => {
      const end = soonestOf(
        rest,
        events.filter((other) => other !== event),
      );
      return end === undefined ? [] : [Math.max(end, event.time)];
    });
  return ends.length === 0 ? undefined : Math.min(...ends);
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

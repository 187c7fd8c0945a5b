import {
  isOptional,
  matchesOf,
  type OracleChain,
  type OracleEvent,
  type OracleFunnel,
  requiredBefore,
} from "./funnel.js";

/** Deepest; then the earliest end; then the latest start. Steps are done when all before them are too. */
export function anyOrder(
  history: readonly OracleEvent[],
  funnel: OracleFunnel,
): OracleChain | undefined {
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

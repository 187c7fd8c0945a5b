const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** Timers overflow past 2³¹ ms, and nobody means to wait for longer than a day. */
const DAY_MS = 86_400_000;

/**
 * How long to wait after the `failures`-th failure in a row: doubling, with jitter over the
 * upper half so that the tabs of a crowd do not come back together.
 */
export function backoff(failures: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return full * (0.5 + random() / 2);
}

/** What the collector asked for, within a day. */
export function bounded(retryAfter: number): number {
  return Math.min(DAY_MS, retryAfter);
}

import type { FunnelRow } from "../api/types.js";

/** The rows of one group by its counts at each step. */
export function groupRows(group: string, counts: readonly number[]): FunnelRow[] {
  const [first = 0] = counts;
  return counts.map((people, index) => ({
    step: index + 1,
    name: `s${index + 1}`,
    people,
    shareOfFirst: first === 0 ? null : people / first,
    shareOfPrevious: index === 0 ? 1 : people / (counts[index - 1] ?? 1),
    low: null,
    high: null,
    medianSeconds: null,
    p90Seconds: null,
    medianTotalSeconds: null,
    p90TotalSeconds: null,
    group,
  }));
}

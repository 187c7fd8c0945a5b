import type { Group } from "./groups.js";
import { wilson } from "./wilson.js";

/** Fewer at the step before, in the group or in the others, say too little to be marked. */
const FLOOR = 30;

export interface Outlier {
  group: string;
  step: number;
  /** Share of the step before, in the group and in all other groups together. */
  share: number;
  others: number;
}

/**
 * For each step the group whose share of the step before departs most from that of the other
 * groups together, when the two Wilson 95 % intervals do not overlap. Of two that depart alike,
 * the lower one.
 */
export function outliersOf(groups: readonly Group[]): Outlier[] {
  const steps = (groups[0]?.steps ?? []).map(({ step }) => step).filter((step) => step > 1);
  return steps.flatMap((step) => {
    const counts = groups.map((group) => ({
      group: group.name,
      hits: peopleAt(group, step),
      total: peopleAt(group, step - 1),
    }));
    const hits = counts.reduce((sum, count) => sum + count.hits, 0);
    const total = counts.reduce((sum, count) => sum + count.total, 0);
    const apart = counts
      .filter((count) => areApart(count, { hits: hits - count.hits, total: total - count.total }))
      .map((count): Outlier => {
        const share = count.hits / count.total;
        const others = (hits - count.hits) / (total - count.total);
        return { group: count.group, step, share, others };
      })
      .toSorted((a, b) => distance(b) - distance(a) || a.share - b.share);
    return apart.slice(0, 1);
  });
}

interface Count {
  hits: number;
  total: number;
}

function areApart(one: Count, other: Count): boolean {
  if (one.total < FLOOR || other.total < FLOOR) return false;
  const a = wilson(one.hits, one.total);
  const b = wilson(other.hits, other.total);
  return a !== null && b !== null && (a.high < b.low || b.high < a.low);
}

function peopleAt(group: Group, step: number): number {
  return group.steps.find((row) => row.step === step)?.people ?? 0;
}

/** Rounded, so that two groups, each the other's rest, depart alike. */
function distance({ share, others }: Outlier): number {
  return Math.round(Math.abs(share - others) * 1e9);
}

import type { FunnelRow } from "../api/types.js";
import { isInTime } from "./group-label.js";

export interface Group {
  name: string;
  steps: FunnelRow[];
}

/** A group with fewer at the first step is not called the highest or the lowest. */
const FLOOR = 30;

/** The rows of each group in the order of steps; the largest group first, days and weeks by date. */
export function groupsOf(rows: readonly FunnelRow[], breakdown = ""): Group[] {
  const groups = new Map<string, FunnelRow[]>();
  for (const row of rows) {
    const name = row.group ?? "";
    const steps = groups.get(name);
    if (steps === undefined) groups.set(name, [row]);
    else steps.push(row);
  }
  return [...groups]
    .map(([name, steps]) => ({ name, steps: steps.toSorted((a, b) => a.step - b.step) }))
    .toSorted((a, b) =>
      isInTime(breakdown)
        ? a.name.localeCompare(b.name)
        : (b.steps[0]?.people ?? 0) - (a.steps[0]?.people ?? 0),
    );
}

/** The groups with the highest and the lowest conversion; null when there is nothing to compare. */
export function extremes(groups: readonly Group[]): { highest: Group; lowest: Group } | null {
  const large = groups
    .filter((group) => (group.steps[0]?.people ?? 0) >= FLOOR)
    .toSorted((a, b) => conversion(b) - conversion(a));
  const highest = large[0];
  const lowest = large.at(-1);
  if (highest === undefined || lowest === undefined || highest === lowest) return null;
  return { highest, lowest };
}

function conversion(group: Group): number {
  return group.steps.at(-1)?.shareOfFirst ?? 0;
}

import type { Exposure } from "../survey-rules.js";
import type { Memories } from "./memory.js";

/** More than a person is shown in the longest time that a rule looks back. */
const MOST = 100;

/** The displays that are remembered, latest first; others may have written what is none. */
export function exposuresIn(memories: Memories): Exposure[] {
  const found: unknown = memories.get().exposures;
  // Without an `at` nothing compares, and no rule is broken.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (
    Array.isArray(found) ? found.filter((one) => one && typeof one === "object") : []
  ) as Exposure[];
}

export function keepExposures(memories: Memories, exposures: Exposure[]): void {
  // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is not in all browsers
  memories.change({ exposures: [...exposures].sort((a, b) => b.at - a.at).slice(0, MOST) });
}

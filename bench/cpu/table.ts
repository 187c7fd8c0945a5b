import { median, rounded } from "../support.js";
import type { Sample } from "./visit.js";

const COLUMNS: [key: keyof Sample, name: string][] = [
  ["start", "load + init, ms"],
  ["first", "first track(), ms"],
  ["ready", "both, ms"],
  ["call", "track(), µs"],
  ["script", "all script, ms"],
  ["heap", "heap, KiB"],
];

/** The most of a round, of what ought to be none. */
const FLAWS: [key: keyof Sample, name: string][] = [
  ["layoutReads", "layout reads"],
  ["longTasks", "long tasks"],
];

/** A row of names, then one of each tag: medians, with quartiles if asked for; the worst round of flaws. */
export function table(
  samples: ReadonlyMap<string, readonly Sample[]>,
  quartiles: boolean,
): string[][] {
  const head = ["tag", ...[...COLUMNS, ...FLAWS].map(([, name]) => name), "arrived"];
  const rows = [...samples].map(([tag, taken]) => [
    tag,
    ...COLUMNS.map(([key]) => spread(valuesOf(taken, key), quartiles)),
    ...FLAWS.map(([key]) => String(Math.max(...valuesOf(taken, key)))),
    String(Math.min(...valuesOf(taken, "arrived"))),
  ]);
  return [head, ...rows];
}

export const valuesOf = (taken: readonly Sample[], key: keyof Sample): number[] =>
  taken.map((one) => one[key]);

function spread(values: readonly number[], quartiles: boolean): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => told(sorted[Math.round(share * (sorted.length - 1))]);
  return told(median(sorted)) + (quartiles ? ` (${at(0.25)}–${at(0.75)})` : "");
}

function told(value = Number.NaN): string {
  if (value >= 100) return rounded(value);
  return value.toFixed(value >= 10 ? 1 : 2);
}

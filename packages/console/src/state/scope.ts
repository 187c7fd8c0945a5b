import type { Condition } from "./condition.js";
import { readCondition, writeCondition } from "./condition.js";
import { isDay, PRESET_DAYS, type Period } from "./period.js";

export const COMPARISONS = ["previous", "year"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What all pages are asked about: it goes with the reader from page to page. */
export interface Scope {
  period: Period;
  /** Null: nothing to compare with. */
  compare: Comparison | null;
  /** A field; empty: no breakdown. */
  breakdown: string;
  /** The segment: what fulfils all of them. */
  filters: Condition[];
}

export const MAX_FILTERS = 20;

export function usualScope(): Scope {
  return { period: { kind: "last", days: 30 }, compare: null, breakdown: "", filters: [] };
}

export const scopeOf = ({ period, compare, breakdown, filters }: Scope): Scope => ({
  period,
  compare,
  breakdown,
  filters,
});

/** Adds the scope to the address; what has its usual value is left out. */
export function writeScope(scope: Scope, search: URLSearchParams): void {
  const { period, compare, breakdown, filters } = scope;
  if (period.kind === "range") {
    search.set("from", period.from);
    search.set("to", period.to);
  } else if (period.days !== 30) search.set("last", `${period.days}d`);
  if (compare !== null) search.set("compare", compare);
  if (breakdown !== "") search.set("breakdown", breakdown);
  for (const filter of filters) search.append("only", writeCondition(filter));
}

/** Reads what `writeScope` wrote. What makes no sense takes its default: a link never fails. */
export function readScope(search: URLSearchParams): Scope {
  return {
    period: readPeriod(search),
    compare: COMPARISONS.find((known) => known === search.get("compare")) ?? null,
    breakdown: search.get("breakdown") ?? "",
    filters: search
      .getAll("only")
      .map(readCondition)
      .filter((filter) => filter !== null)
      .slice(0, MAX_FILTERS),
  };
}

function readPeriod(search: URLSearchParams): Period {
  const from = search.get("from") ?? "";
  const to = search.get("to") ?? "";
  if (isDay(from) && isDay(to)) return { kind: "range", from, to };
  const days = PRESET_DAYS.find((days) => `${days}d` === search.get("last"));
  return { kind: "last", days: days ?? 30 };
}

import { z } from "zod";
import { isTime } from "./fields.js";
import { momentOf, type Period, periodOf } from "./period.js";
import type { Other, Shared } from "./shared.js";

/** The parameters of the other side of a comparison, which is compared with nothing itself. */
export interface OtherSide {
  shared: Shared;
  /** Milliseconds from a moment of the other period to its like in this one; 0 within one period. */
  shift: number;
}

/** @throws z.ZodError where there is no period to compare with, or no group in common. */
export function otherSide(shared: Shared, compare: Other | "previous" | "year"): OtherSide {
  const other = sideOf(shared, compare);
  const { breakdown } = shared;
  if (!isTime(breakdown)) return other;
  const [own, others] = [periodOf(shared), periodOf(other.shared)];
  if (own.from === others.from && own.to === others.to) return other;
  throw problem(
    `cannot be broken down by ${breakdown}: the two periods have no ${breakdown} in common`,
    compare,
  );
}

function sideOf(shared: Shared, compare: Other | "previous" | "year"): OtherSide {
  const { compare: _, ...rest } = shared;
  if (typeof compare === "object") {
    const { filters = shared.filters } = compare;
    // A period is named as a whole: what has no beginning there has none.
    const { from, to } = compare.from === undefined && compare.to === undefined ? shared : compare;
    const other = { ...rest, from, to, filters };
    const known = from !== undefined && shared.from !== undefined;
    const shift = known ? periodOf(shared).from - periodOf(other).from : 0;
    return { shared: other, shift };
  }
  if (shared.from === undefined || shared.to === undefined) {
    throw problem(`"${compare}" needs the period's from and to`, compare);
  }
  const { from, to } = periodOf(shared);
  const other =
    compare === "previous" ? { from: from - (to - from), to: from } : yearBefore({ from, to });
  return {
    shared: { ...rest, from: iso(other.from, compare), to: iso(other.to, compare) },
    shift: from - other.from,
  };
}

const yearBefore = ({ from, to }: Period): Period => ({ from: sameDay(from), to: sameDay(to) });

/** The same moment a year before; of 29 February, that of the day before 1 March. */
function sameDay(moment: number): number {
  const date = new Date(moment);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return date.getTime();
}

function iso(moment: number, compare: string): string {
  const text = new Date(moment).toISOString();
  if (Number.isNaN(momentOf(text)))
    throw problem("there is no such period before this one", compare);
  return text;
}

function problem(message: string, input: unknown): z.ZodError {
  return new z.ZodError([{ code: "custom", path: ["compare"], message, input }]);
}

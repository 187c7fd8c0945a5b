import { z } from "zod";
import { type Period, periodOf } from "../period.js";
import type { Side } from "./reading.js";
import type { FunnelQuery } from "./schema.js";

/**
 * The other side of a comparison.
 * @throws z.ZodError where the period to compare with has no beginning or no end.
 */
export function otherSide(query: FunnelQuery): Side | undefined {
  const { compare, filters } = query;
  if (compare === undefined) return undefined;
  if (query.breakdown === "day" || query.breakdown === "week")
    fail(
      `cannot be broken down by ${query.breakdown}: the two periods have no ${query.breakdown} in common`,
    );
  if (typeof compare === "object") {
    const given = compare.from !== undefined || compare.to !== undefined;
    return { period: periodOf(given ? compare : query), filters: compare.filters ?? filters };
  }
  if (query.from === undefined || query.to === undefined)
    fail(`"${compare}" needs the period's from and to`);
  return { period: before(periodOf(query), compare), filters };
}

function before(period: Period, compare: "previous" | "year"): Period {
  if (compare === "previous")
    return { from: period.from - (period.to - period.from), to: period.from };
  return { from: yearBefore(period.from), to: yearBefore(period.to) };
}

/** The same date a year before; of 29 February, the 28th. */
function yearBefore(moment: number): number {
  const date = new Date(moment);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return date.getTime();
}

function fail(message: string): never {
  throw new z.ZodError([{ code: "custom", path: ["compare"], message, input: undefined }]);
}

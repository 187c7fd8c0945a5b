import { describe, LIMITS } from "@balise/schema";
import { RowError } from "./failure.js";

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?$/i;
const EPOCH = /^\d{1,16}(\.\d+)?$/;

/** Epoch numbers below are seconds, which then reach the year 5138; above, milliseconds since 1973. */
const SECONDS_BELOW = 100_000_000_000;

/**
 * Epoch milliseconds of an ISO date or time, in UTC where it names no zone, or of epoch seconds or
 * milliseconds.
 * @throws RowError for anything else, and for a day that does not exist.
 */
export function timeOf(cell: string, field = "occurredAt"): number {
  const text = cell.trim();
  const time = EPOCH.test(text) ? epoch(Number(text)) : iso(text);
  if (time === undefined) {
    throw new RowError(
      "invalid_field",
      `${field}: ${describe(cell)} is not a time: write 2026-03-13T10:21:14Z, 2026-03-13 10:21:14 (UTC), 2026-03-13, or epoch seconds or milliseconds`,
    );
  }
  // The collector knows its own present; what lies before its past would not even fit into an id.
  if (time < LIMITS.earliestTime || time >= 2 ** 48) {
    throw new RowError("time_out_of_range", `${field}: ${describe(cell)} is not from 2000 to now`);
  }
  return time;
}

function epoch(number: number): number {
  return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
}

function iso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const exists =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    // Day 0 of the next month is the last of this one.
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  const offset = offsetOf(match[9], match[10], match[11]);
  if (!exists || offset === undefined) return undefined;
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset;
}

function offsetOf(sign = "+", hours = "0", minutes = "0"): number | undefined {
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * The day of an ISO date or time, as it is written there, or of eight digits.
 * @throws RowError for anything else, and for a day that does not exist.
 */
export function dayOf(field: string, cell: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(cell.trim()) ?? [];
  const text = `${year}-${month}-${day}`;
  if (day !== undefined && iso(text) !== undefined) return text;
  throw new RowError("invalid_field", `${field}: ${describe(cell)} is not a day: write 2026-03-13`);
}

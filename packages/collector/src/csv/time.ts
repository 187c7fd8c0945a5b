import { describe, LIMITS } from "@balise/schema";
import { DateTime } from "luxon";
import { RowError } from "./failure.js";

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?)?$/i;
const EPOCH = /^\d{1,16}(\.\d+)?$/;

/** Epoch numbers below are seconds, which then reach the year 5138; above, milliseconds since 1973. */
const SECONDS_BELOW = 100_000_000_000;

/** How times stand in a column, where that is not as ISO 8601 has it or not in UTC. */
export interface Writing {
  /** Of Luxon's tokens: `dd/MM/yyyy HH:mm`. */
  format?: string | undefined;
  /** `Europe/Paris`, of times that name no zone. @default UTC */
  timezone?: string | undefined;
}

/**
 * Epoch milliseconds of an ISO date or time, or of epoch seconds or milliseconds; of what the mapping's
 * `format` says, where it says one. An hour that comes twice in a zone is taken for one of the two.
 * @throws RowError for anything else, and for a day that does not exist.
 */
export function timeOf(cell: string, field = "occurredAt", writing: Writing = {}): number {
  const text = cell.trim();
  const time = momentOf(text, writing);
  if (time === undefined) {
    const wanted =
      writing.format ??
      '2026-03-13T10:21:14Z, 2026-03-13 10:21:14 (UTC), 2026-03-13, or epoch seconds or milliseconds, or give the column a "format" in the mapping';
    throw new RowError(
      "invalid_field",
      `${field}: ${describe(cell)} is not a time: write ${wanted}`,
    );
  }
  // The collector knows its own present; what lies before its past would not even fit into an id.
  if (time < LIMITS.earliestTime || time >= 2 ** 48) {
    throw new RowError("time_out_of_range", `${field}: ${describe(cell)} is not from 2000 to now`);
  }
  return time;
}

function momentOf(text: string, { format, timezone = "UTC" }: Writing): number | undefined {
  if (format !== undefined) {
    const time = DateTime.fromFormat(text, format, { zone: timezone, locale: "en" });
    return time.isValid ? time.toMillis() : undefined;
  }
  return EPOCH.test(text) ? epoch(Number(text)) : iso(text, timezone);
}

function epoch(number: number): number {
  return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
}

function iso(text: string, timezone: string): number | undefined {
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
  const millisecond = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  if (match[8] === undefined && match[9] === undefined && timezone !== "UTC") {
    const local = { year, month, day, hour, minute, second, millisecond };
    return DateTime.fromObject(local, { zone: timezone }).toMillis();
  }
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - offset;
}

function offsetOf(sign = "+", hours = "0", minutes = "0"): number | undefined {
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * The day of an ISO date or time, as it is written there, of eight digits, or of what the mapping's
 * `format` says.
 * @throws RowError for anything else, and for a day that does not exist.
 */
export function dayOf(cell: string, field: string, { format }: Writing = {}): string {
  const text = cell.trim();
  const day = format === undefined ? isoDay(text) : formattedDay(text, format);
  if (day !== undefined) return day;
  const wanted = format ?? '2026-03-13, or give the column a "format" in the mapping';
  throw new RowError("invalid_field", `${field}: ${describe(cell)} is not a day: write ${wanted}`);
}

function isoDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text) ?? [];
  const written = `${year}-${month}-${day}`;
  return day !== undefined && iso(written, "UTC") !== undefined ? written : undefined;
}

function formattedDay(text: string, format: string): string | undefined {
  const day = DateTime.fromFormat(text, format, { zone: "UTC", locale: "en" });
  return day.toISODate() ?? undefined;
}

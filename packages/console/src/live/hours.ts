import type { ActivityRow } from "../api/types.js";

export const HOUR = 3_600_000;

export interface Hour {
  time: string;
  events: number;
  people: number;
}

/** The 24 hours up to now, the running one last; an hour without a row had no event. */
export function lastHours(rows: readonly ActivityRow[], now: number): Hour[] {
  const byTime = new Map(rows.map((row) => [Date.parse(row.time), row]));
  const current = Math.floor(now / HOUR) * HOUR;
  return Array.from({ length: 24 }, (_, index) => {
    const time = current - (23 - index) * HOUR;
    const row = byTime.get(time);
    const iso = new Date(time).toISOString();
    return { time: iso, events: row?.events ?? 0, people: row?.people ?? 0 };
  });
}

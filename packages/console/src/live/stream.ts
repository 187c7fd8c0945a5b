import type { LiveEventRow } from "../api/types.js";

/** Events kept in the list. */
export const KEPT = 200;

/**
 * How far back each poll looks again, in milliseconds: collectors insert side by side, so an
 * event may become visible after one that was received later.
 */
const OVERLAP = 10_000;

export interface Merged {
  rows: LiveEventRow[];
  /** Events that were not in the list before. */
  arrived: number;
}

/** The list with what a poll brought: each event once, newest first, bounded. */
export function merge(known: readonly LiveEventRow[], brought: readonly LiveEventRow[]): Merged {
  const ids = new Set(known.map((row) => row.id));
  const fresh = brought.filter((row) => !ids.has(row.id));
  if (fresh.length === 0) return { rows: [...known], arrived: 0 };
  const rows = [...fresh, ...known].toSorted(
    (a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt),
  );
  return { rows: rows.slice(0, KEPT), arrived: fresh.length };
}

/** The `after` of the next poll, or undefined while nothing has arrived. */
export function nextAfter(rows: readonly LiveEventRow[]): number | undefined {
  const newest = rows[0];
  return newest === undefined ? undefined : Date.parse(newest.receivedAt) - OVERLAP;
}

/** What the filter of the page lets through. */
export function matching(
  rows: readonly LiveEventRow[],
  find: string,
  bots: boolean,
): LiveEventRow[] {
  const wanted = find.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (bots || !row.bot) &&
      [row.name, row.page, row.person].some((text) => text.toLowerCase().includes(wanted)),
  );
}

import type { EventNameRow } from "../api/types.js";

/** More than this is not a list that anyone reads. */
const MAX_CHOICES = 50;

/** Events whose name holds the text; the ones that begin with it come first, then by number. */
export function filterChoices(rows: readonly EventNameRow[], text: string): EventNameRow[] {
  const wanted = text.trim().toLowerCase();
  return rows
    .filter((row) => row.name.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a, wanted) - rank(b, wanted) || b.events - a.events)
    .slice(0, MAX_CHOICES);
}

function rank(row: EventNameRow, wanted: string): number {
  return row.name.toLowerCase().startsWith(wanted) ? 0 : 1;
}

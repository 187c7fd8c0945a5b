import type { Event, ReadyMadeName } from "@balise/schema";

/** The event by which a tag tells how many events it let go of, more having waited than it may keep. */
export const EVENTS_DROPPED = "events_dropped" satisfies ReadyMadeName;

/** What one event counts for at most: anyone can send one. */
const MOST = 100_000;

/** How many events were let go of, by this event; 0 of any other. */
export function droppedBy({ name, properties }: Event): number {
  if (name !== EVENTS_DROPPED) return 0;
  const count = properties?.["count"];
  return typeof count === "number" && count > 0 ? Math.min(Math.floor(count), MOST) : 0;
}

import type { Event } from "@balise/schema";
import type { Enrichment } from "./row.js";
import type { Row } from "./record.js";

/** Pairs remembered, so that not every event of a known user writes the pair again. */
const REMEMBERED = 50_000;

/**
 * The row of `identities` for an event that carries both a device and a user; undefined for a pair
 * that was written a short while ago with an earlier moment. Forgetting a pair writes it again,
 * which changes nothing: rows of a pair are merged.
 */
export function identityWriter(): {
  rowFor: (event: Event, known: Enrichment) => Row | undefined;
  /** Called when the rows of a request were not kept after all. */
  forget: () => void;
} {
  let written = new Map<string, number>();
  return {
    rowFor(event, known) {
      if (event.anonymousId === undefined || event.userId === undefined) return undefined;
      const pair = `${known.siteId} ${event.anonymousId} ${event.userId}`;
      const earliest = written.get(pair);
      if (earliest !== undefined && earliest <= known.occurredAt) return undefined;
      if (written.size >= REMEMBERED) written = new Map();
      written.set(pair, known.occurredAt);
      const columns = {
        site_id: known.siteId,
        anonymous_id: event.anonymousId,
        user_id: event.userId,
        linked_at: known.occurredAt,
      };
      return { table: "identities", line: JSON.stringify(columns) };
    },
    forget() {
      written = new Map();
    },
  };
}

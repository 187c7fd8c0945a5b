import type { Event } from "@balise/schema";
import { Line } from "./line.js";
import type { Row } from "./record.js";
import type { Enrichment } from "./row.js";

/** Pairs remembered, so that not every event of a known user writes the pair again. */
const REMEMBERED = 50_000;

/** The pairs of one request; `kept` is called once their rows are on disk. */
interface IdentityRequest {
  /**
   * The row of `identities` for an event that carries both a device and a user; undefined for a
   * pair that is on disk already with an earlier moment.
   */
  rowFor: (event: Event, known: Enrichment) => Row | undefined;
  kept: () => void;
}

/** Forgetting a pair writes it again, which changes nothing: rows of a pair are merged. */
export function identityWriter(): () => IdentityRequest {
  let written = new Map<string, number>();
  return () => {
    const fresh = new Map<string, number>();
    return {
      rowFor(event, known) {
        if (event.anonymousId === undefined || event.userId === undefined) return undefined;
        const pair = `${known.siteId} ${event.anonymousId} ${event.userId}`;
        const earliest = fresh.get(pair) ?? written.get(pair);
        if (earliest !== undefined && earliest <= known.occurredAt) return undefined;
        fresh.set(pair, known.occurredAt);
        const line = new Line()
          .add("site_id", known.siteId)
          .add("anonymous_id", event.anonymousId)
          .add("user_id", event.userId)
          .add("linked_at", known.occurredAt);
        return { table: "identities", line: line.end() };
      },
      kept() {
        if (written.size + fresh.size > REMEMBERED) written = new Map();
        for (const [pair, moment] of fresh) written.set(pair, moment);
      },
    };
  };
}

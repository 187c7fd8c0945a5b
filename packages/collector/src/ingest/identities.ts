import { Line } from "./line.js";
import type { Row } from "./record.js";

/** Pairs remembered, so that not every event of a known user writes the pair again. */
const REMEMBERED = 50_000;

/** The pairs of one request; `kept` is called once their rows are on disk. */
export interface IdentityRequest {
  /** The row of `identities` for a pair; undefined for one that is on disk already with an earlier moment. */
  rowFor: (
    siteId: string,
    anonymousId: string,
    userId: string,
    occurredAt: number,
  ) => Row | undefined;
  kept: () => void;
}

interface IdentityWriter {
  start: () => IdentityRequest;
  /** Forgets every pair: those of an erased person must be written again when they come back. */
  forget: () => void;
}

/** Forgetting a pair writes it again, which changes nothing: rows of a pair are merged. */
export function identityWriter(): IdentityWriter {
  let written = new Map<string, number>();
  const forget = (): void => {
    written = new Map();
  };
  const start = (): IdentityRequest => {
    const fresh = new Map<string, number>();
    return {
      rowFor(siteId, anonymousId, userId, occurredAt) {
        const pair = `${siteId} ${anonymousId} ${userId}`;
        const earliest = fresh.get(pair) ?? written.get(pair);
        if (earliest !== undefined && earliest <= occurredAt) return undefined;
        fresh.set(pair, occurredAt);
        const line = new Line()
          .add("site_id", siteId)
          .add("anonymous_id", anonymousId)
          .add("user_id", userId)
          .add("linked_at", occurredAt);
        return { table: "identities", line: line.end() };
      },
      kept() {
        if (written.size + fresh.size > REMEMBERED) written = new Map();
        for (const [pair, moment] of fresh) written.set(pair, moment);
      },
    };
  };
  return { start, forget };
}

import { Line } from "./line.js";
import type { Row } from "./record.js";

/** Pairs remembered, so that not every event of a known user writes the pair again. */
const REMEMBERED = 50_000;

interface Pair {
  siteId: string;
  anonymousId: string;
  userId: string;
  /** The earliest moment of the pair in this request. */
  linkedAt: number;
}

/** The pairs of one request. */
export interface IdentityRequest {
  /** A device and a user, seen together at this moment. */
  add: (siteId: string, anonymousId: string, userId: string, occurredAt: number) => void;
  /** The rows of `identities` for all pairs but those that are on disk already with an earlier moment. */
  rows: () => Row[];
  /** To be called once those rows are on disk. */
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
  const isWritten = ([key, { linkedAt }]: [string, Pair]): boolean =>
    (written.get(key) ?? Infinity) <= linkedAt;
  const forget = (): void => {
    written = new Map();
  };
  const start = (): IdentityRequest => {
    const pairs = new Map<string, Pair>();
    let fresh: [string, Pair][] = [];
    return {
      add(siteId, anonymousId, userId, occurredAt) {
        const key = `${siteId} ${anonymousId} ${userId}`;
        const pair = pairs.get(key);
        if (pair === undefined)
          pairs.set(key, { siteId, anonymousId, userId, linkedAt: occurredAt });
        else pair.linkedAt = Math.min(pair.linkedAt, occurredAt);
      },
      rows() {
        fresh = [...pairs].filter((entry) => !isWritten(entry));
        return fresh.map(([, pair]) => rowOf(pair));
      },
      kept() {
        if (written.size + fresh.length > REMEMBERED) written = new Map();
        for (const [key, { linkedAt }] of fresh) written.set(key, linkedAt);
      },
    };
  };
  return { start, forget };
}

function rowOf({ siteId, anonymousId, userId, linkedAt }: Pair): Row {
  const line = new Line()
    .add("site_id", siteId)
    .add("anonymous_id", anonymousId)
    .add("user_id", userId)
    .add("linked_at", linkedAt);
  return { table: "identities", line: line.end() };
}

import { describe, LIMITS, parseEvent, type BatchAnswer, type Rejection } from "@balise/schema";
import type { Site } from "../sites.js";
import { acquisitionChannel } from "./acquisition.js";
import { identityWriter } from "./identities.js";
import { encodeRecords, type Row } from "./record.js";
import { rejectionLine } from "./rejection.js";
import { eventRows } from "./row.js";
import { clockSkew, correctedTime } from "./skew.js";
import type { Spool } from "./spool.js";
import type { Visitor } from "./visitor.js";

/** Events as they came through one of the doors. */
export interface Delivery {
  site: Site;
  source: "batch" | "import" | "pixel";
  events: readonly unknown[];
  sentAt?: number | null | undefined;
  visitor: Visitor;
  /** The channel of an event that names none. */
  defaultChannel: string;
  /** The body was not valid UTF-8: what holds a replacement character is not what was sent. */
  damagedText?: boolean;
  /** Place of the first event, for deliveries that come in parts. */
  firstIndex?: number;
}

export interface IngestCounts {
  accepted: number;
  rejected: Map<string, number>;
  unknownFields: number;
}

export interface Accept {
  /**
   * Validates, enriches and keeps the events; resolves when they are on disk.
   * @throws SpoolFullError when they could not be kept: none of them is.
   */
  (delivery: Delivery): Promise<BatchAnswer>;
  counts: Readonly<IngestCounts>;
}

export function createAccept(spool: Spool, now: () => number = Date.now): Accept {
  const startIdentities = identityWriter();
  const counts: IngestCounts = { accepted: 0, rejected: new Map(), unknownFields: 0 };

  const accept = async (delivery: Delivery): Promise<BatchAnswer> => {
    const receivedAt = now();
    const skew = clockSkew(delivery.sentAt, receivedAt);
    const identities = startIdentities();
    const rows: Row[] = [];
    const rejected: Rejection[] = [];
    let unknownFields = 0;

    const reject = (input: unknown, rejection: Rejection): void => {
      rejected.push(rejection);
      rows.push({
        table: "rejected_events",
        line: rejectionLine({
          site: delivery.site.id,
          receivedAt,
          id: rejection.id ?? "",
          code: rejection.code,
          message: rejection.message,
          body: textOf(input),
          source: delivery.source,
        }),
      });
    };

    delivery.events.forEach((input, place) => {
      const index = (delivery.firstIndex ?? 0) + place;
      if (input instanceof UnreadableLine) {
        return reject(input, { index, id: null, code: input.code, message: input.message });
      }
      const parsed = parseEvent(input);
      if (!parsed.ok) return reject(input, { index, ...parsed.rejection });
      const { event } = parsed;
      if (delivery.damagedText === true && textOf(input).includes("\ufffd")) {
        const message = "the event holds bytes that are not UTF-8: send UTF-8";
        return reject(input, { index, id: event.id, code: "invalid_utf8", message });
      }
      const occurredAt = correctedTime(event.occurredAt, skew, receivedAt);
      if (occurredAt === undefined) {
        return reject(input, {
          index,
          id: event.id,
          code: "time_out_of_range",
          message: `occurredAt: must be epoch milliseconds from 2000 to now (got ${describe(event.occurredAt)})`,
        });
      }
      unknownFields += parsed.unknownFields;
      const known = {
        siteId: delivery.site.id,
        receivedAt,
        occurredAt,
        skew,
        visitor: delivery.visitor,
        acquisition: acquisitionChannel(event.campaign, event.page?.referrer, event.page?.url),
        source: delivery.source,
        defaultChannel: delivery.defaultChannel,
      };
      rows.push(...eventRows(event, known));
      const identity = identities.rowFor(event, known);
      if (identity !== undefined) rows.push(identity);
    });

    if (rows.length > 0) await spool.append(encodeRecords(rows));
    identities.kept();
    const accepted = delivery.events.length - rejected.length;
    counts.accepted += accepted;
    counts.unknownFields += unknownFields;
    for (const { code } of rejected)
      counts.rejected.set(code, (counts.rejected.get(code) ?? 0) + 1);
    return { accepted, rejected };
  };
  return Object.assign(accept, { counts });
}

/** A line of an import that is no JSON, kept with its reason like any other rejected event. */
export class UnreadableLine {
  constructor(
    readonly code: "malformed_json" | "invalid_utf8" | "event_too_large",
    readonly message: string,
    readonly text: string,
  ) {}
}

function textOf(input: unknown): string {
  if (input instanceof UnreadableLine) return input.text;
  try {
    return (JSON.stringify(input) ?? "").slice(0, LIMITS.eventBytes);
  } catch {
    // JSON.stringify recurses: what nests thousands deep overflows the stack.
    return "(nests too deep to be kept)";
  }
}

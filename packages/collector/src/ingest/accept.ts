import { isUtf8 } from "node:buffer";
import type { BatchAnswer } from "@balise/schema";
import { identityWriter } from "./identities.js";
import { Intake } from "./intake.js";
import type { Origin } from "./origin.js";
import type { PlanCheck } from "./plan.js";
import { encodeRecords } from "./record.js";
import { Repeats } from "./repeats.js";
import { rowHead } from "./row.js";
import { firstBytes } from "./scan/address.js";
import { BatchScanner } from "./scan/batch.js";
import { ascii } from "./scan/bytes.js";
import { createScrubber, type Scrubber } from "./scrub/index.js";
import { clockSkew, EARLIEST, latestTime } from "./skew.js";
import type { Spool } from "./spool.js";
import { Turns } from "./turns.js";

export interface IngestCounts {
  accepted: number;
  rejected: Map<string, number>;
  unknownFields: number;
  /** Accepted events whose id had been accepted shortly before: see `Repeats`. */
  repeated: number;
  /** What accepted `events_dropped` tell. */
  droppedByTags: number;
}

/** What events as JSON values are a part of. */
interface Part {
  /** Place of the first event, for requests that come in parts. @default 0 */
  firstIndex?: number;
  /** Bytes of the body that wait with it, which are bounded: see `BusyError`. @default 0 */
  held?: number;
}

/** An event and its place in the request. */
interface Placed {
  event: unknown;
  index: number;
}

/**
 * Validates, enriches and keeps events. What it answers resolves when they are on disk, and rejects
 * with `SpoolFullError` or `BusyError` when they could not be kept: none of them is then.
 */
export interface Accept {
  /** Events as JSON values. */
  (origin: Origin, events: readonly unknown[], part?: Part): Promise<BatchAnswer>;
  /**
   * The array of events with which a body ends, straight from its bytes. Undefined when the body
   * must be read as JSON first: it is not JSON, or not of the shape that the tag writes.
   */
  bytes: (
    origin: Origin,
    body: Buffer,
    eventsAt: number,
    most: number,
  ) => Promise<BatchAnswer> | undefined;
  counts: Readonly<IngestCounts>;
  /** Lets every link of a device and a user be written again, also one that was written before. */
  forgetLinks: () => void;
}

const NONE = Buffer.alloc(0);

export function createAccept(
  spool: Pick<Spool, "append">,
  now: () => number = Date.now,
  scrubber: Scrubber = createScrubber(),
  turns = new Turns(),
  plan?: PlanCheck,
): Accept {
  const identityLinks = identityWriter();
  const repeats = new Repeats();
  const counts: IngestCounts = {
    accepted: 0,
    rejected: new Map(),
    unknownFields: 0,
    repeated: 0,
    droppedByTags: 0,
  };
  const scanner = new BatchScanner();
  const parameters = firstBytes(scrubber.parameters);

  const begin = (origin: Origin): Intake => {
    const receivedAt = now();
    const skew = clockSkew(origin.sentAt, receivedAt);
    const marks = repeats.start(origin.site.id);
    return new Intake(origin, receivedAt, skew, identityLinks.start(), marks, scrubber, plan);
  };

  /** Counts what was kept, once it is. */
  const answer = (intake: Intake, events: number): BatchAnswer => {
    const { rejected } = intake;
    const accepted = events - rejected.length;
    intake.identities.kept();
    counts.accepted += accepted - intake.facts;
    counts.repeated += repeats.count(intake.marks);
    counts.unknownFields += intake.unknownFields;
    counts.droppedByTags += intake.dropped;
    for (const { code } of rejected)
      counts.rejected.set(code, (counts.rejected.get(code) ?? 0) + 1);
    return { accepted, rejected };
  };

  /** The links are looked up here: were there a wait between, an erasure could have undone them. */
  const keep = async (
    intake: Intake,
    events: number,
    records: Buffer = NONE,
  ): Promise<BatchAnswer> => {
    const rows = [...intake.rows, ...intake.identities.rows()];
    const all = rows.length === 0 ? records : Buffer.concat([records, encodeRecords(rows)]);
    if (all.length > 0) await spool.append(all);
    return answer(intake, events);
  };

  /** Takes the events one by one; those that take long let others come in between. */
  const takeAll = async (
    intake: Intake,
    events: readonly Placed[],
    held: number,
  ): Promise<void> => {
    const turn = turns.begin(held);
    try {
      for (const { event, index } of events) {
        if (turn.isOver()) await turn.next();
        intake.take(event, index);
      }
    } finally {
      turn.end();
    }
  };

  const values = async (
    origin: Origin,
    events: readonly unknown[],
    { firstIndex = 0, held = 0 }: Part = {},
  ): Promise<BatchAnswer> => {
    const intake = begin(origin);
    const placed = events.map((event, place) => ({ event, index: firstIndex + place }));
    await takeAll(intake, placed, held);
    return keep(intake, events.length);
  };

  const bytes: Accept["bytes"] = (origin, body, eventsAt, most) => {
    if (!isUtf8(body)) return undefined;
    const intake = begin(origin);
    const common = {
      head: Buffer.from(rowHead(origin, intake.receivedAt, intake.skew)),
      defaultChannel: ascii(`,"channel":"${origin.defaultChannel}"`),
      skew: intake.skew,
      earliest: EARLIEST,
      latest: latestTime(intake.receivedAt),
      parameters,
      plan: plan?.bytes,
    };
    const others: Placed[] = [];
    const scanned = scanner.scan(body, eventsAt, common, {
      onOther: (event, index) => others.push({ event, index }),
      onId: (source, at) => intake.marks.add(source, at),
      onPair: (anonymousId, userId, occurredAt) => intake.pair(anonymousId, userId, occurredAt),
    });
    if (scanned === undefined || scanned.events > most) return undefined;
    if (others.length === 0) return keep(intake, scanned.events, scanned.records);
    // The scanner writes the next body over these.
    const records = Buffer.from(scanned.records);
    return takeAll(intake, others, body.length).then(() => keep(intake, scanned.events, records));
  };

  return Object.assign(values, { bytes, counts, forgetLinks: identityLinks.forget });
}

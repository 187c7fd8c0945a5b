import { isUtf8 } from "node:buffer";
import type { BatchAnswer } from "@balise/schema";
import { identityWriter } from "./identities.js";
import { Intake } from "./intake.js";
import type { Origin } from "./origin.js";
import { encodeRecords } from "./record.js";
import { Repeats } from "./repeats.js";
import { rowHead } from "./row.js";
import { firstBytes } from "./scan/address.js";
import { BatchScanner } from "./scan/batch.js";
import { ascii } from "./scan/bytes.js";
import { createScrubber, type Scrubber } from "./scrub/index.js";
import { clockSkew, EARLIEST, latestTime } from "./skew.js";
import type { Spool } from "./spool.js";

export interface IngestCounts {
  accepted: number;
  rejected: Map<string, number>;
  unknownFields: number;
  /** Accepted events whose id had been accepted shortly before: see `Repeats`. */
  repeated: number;
  /** What accepted `events_dropped` tell. */
  droppedByTags: number;
}

/**
 * Validates, enriches and keeps events. What it answers resolves when they are on disk, and rejects
 * with `SpoolFullError` when they could not be kept: none of them is then.
 */
export interface Accept {
  /** Events as JSON values; `firstIndex` is the place of the first, for requests that come in parts. */
  (origin: Origin, events: readonly unknown[], firstIndex?: number): Promise<BatchAnswer>;
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

export function createAccept(
  spool: Pick<Spool, "append">,
  now: () => number = Date.now,
  scrubber: Scrubber = createScrubber(),
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
    return new Intake(origin, receivedAt, skew, identityLinks.start(), marks, scrubber);
  };

  /** Counts what was kept, once it is. */
  const answer = (intake: Intake, events: number): BatchAnswer => {
    const { rejected } = intake;
    const accepted = events - rejected.length;
    intake.identities.kept();
    counts.accepted += accepted;
    counts.repeated += repeats.count(intake.marks);
    counts.unknownFields += intake.unknownFields;
    counts.droppedByTags += intake.dropped;
    for (const { code } of rejected)
      counts.rejected.set(code, (counts.rejected.get(code) ?? 0) + 1);
    return { accepted, rejected };
  };

  const values = async (
    origin: Origin,
    events: readonly unknown[],
    firstIndex = 0,
  ): Promise<BatchAnswer> => {
    const intake = begin(origin);
    events.forEach((event, place) => intake.take(event, firstIndex + place));
    if (intake.rows.length > 0) await spool.append(encodeRecords(intake.rows));
    return answer(intake, events.length);
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
    };
    const scanned = scanner.scan(body, eventsAt, common, {
      onOther: (event, index) => intake.take(event, index),
      onId: (source, at) => intake.marks.add(source, at),
      onPair: (anonymousId, userId, occurredAt) => intake.pair(anonymousId, userId, occurredAt),
    });
    if (scanned === undefined || scanned.events > most) return undefined;
    return keep(intake, scanned.records, scanned.events);
  };

  const keep = async (intake: Intake, records: Buffer, events: number): Promise<BatchAnswer> => {
    const { rows } = intake;
    if (rows.length > 0) await spool.append(Buffer.concat([records, encodeRecords(rows)]));
    else if (records.length > 0) await spool.append(records);
    return answer(intake, events);
  };

  return Object.assign(values, { bytes, counts, forgetLinks: identityLinks.forget });
}

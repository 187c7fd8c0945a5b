import { describe, parseEvent, parseFact, type Rejection } from "@balise/schema";
import { acquisitionChannel } from "./acquisition.js";
import { droppedBy } from "./dropped.js";
import { factRow } from "./fact-row.js";
import type { IdentityRequest } from "./identities.js";
import type { Origin } from "./origin.js";
import type { PlanCheck } from "./plan.js";
import type { Row } from "./record.js";
import type { Marks } from "./repeats.js";
import { rejectionLine } from "./rejection.js";
import { eventRows } from "./row.js";
import type { Scrubber } from "./scrub/index.js";
import { correctedTime } from "./skew.js";
import { UnreadableLine } from "./unreadable-line.js";

/** The events of one request, each validated on its own, as the rows that they become. */
export class Intake {
  readonly rows: Row[] = [];
  readonly rejected: Rejection[] = [];
  unknownFields = 0;
  /** Events that tags let go of, as these events tell. */
  dropped = 0;
  /** Lines of an import that were kept and are no events. */
  facts = 0;

  constructor(
    readonly origin: Origin,
    readonly receivedAt: number,
    readonly skew: number,
    readonly identities: IdentityRequest,
    readonly marks: Marks,
    readonly scrubber: Scrubber,
    readonly plan: PlanCheck | undefined,
  ) {}

  /** One event as it came, and its place in the request. */
  take(input: unknown, index: number): void {
    if (input instanceof UnreadableLine) {
      return this.#reject(input, { index, id: null, code: input.code, message: input.message });
    }
    if (this.origin.source === "import" && this.#takeFact(input, index)) return;
    const parsed = parseEvent(input);
    if (!parsed.ok) return this.#reject(input, { index, ...parsed.rejection });
    const { event } = parsed;
    const { origin, receivedAt, skew } = this;
    if (origin.damagedText === true && textOf(input).includes("\ufffd")) {
      const message = "the event holds bytes that are not UTF-8: send UTF-8";
      return this.#reject(input, { index, id: event.id, code: "invalid_utf8", message });
    }
    const occurredAt = correctedTime(event.occurredAt, skew, receivedAt);
    if (occurredAt === undefined) {
      const message = `occurredAt: must be epoch milliseconds from 2000 to now (got ${describe(event.occurredAt)})`;
      return this.#reject(input, { index, id: event.id, code: "time_out_of_range", message });
    }
    const violation = this.plan?.violationOf(event);
    if (violation !== undefined && this.plan?.enforce === true) {
      const message = this.plan.explain(event, violation);
      return this.#reject(input, { index, id: event.id, code: "plan_violation", message });
    }
    this.unknownFields += parsed.unknownFields;
    this.dropped += droppedBy(event);
    const acquisition = acquisitionChannel(event.campaign, event.page?.referrer, event.page?.url);
    const known = { origin, receivedAt, occurredAt, skew, acquisition, violation };
    this.marks.add(Buffer.from(event.id, "latin1"), 0);
    this.rows.push(...eventRows(this.scrubber.event(event), known));
    this.pair(event.anonymousId, event.userId, occurredAt);
  }

  /** A device and a user that an event carries. */
  pair(anonymousId: string | undefined, userId: string | undefined, occurredAt: number): void {
    if (anonymousId === undefined || userId === undefined) return;
    this.identities.add(this.origin.site.id, anonymousId, userId, occurredAt);
  }

  /** False for what is an event, or ought to be one. */
  #takeFact(input: unknown, index: number): boolean {
    const parsed = parseFact(input);
    if (parsed === undefined) return false;
    if (!parsed.ok) {
      this.#reject(input, { index, ...parsed.rejection });
      return true;
    }
    this.unknownFields += parsed.unknownFields;
    this.facts += 1;
    this.rows.push(factRow(parsed.fact, this.origin.site.id, this.receivedAt, this.scrubber));
    return true;
  }

  #reject(input: unknown, rejection: Rejection): void {
    const { origin, receivedAt, scrubber } = this;
    this.rejected.push(rejection);
    const line = rejectionLine({
      site: origin.site.id,
      receivedAt,
      id: scrubber.message(rejection.id ?? ""),
      code: rejection.code,
      message: scrubber.message(rejection.message),
      body: scrubber.body(textOf(input)),
      source: origin.source,
    });
    this.rows.push({ table: "rejected_events", line });
  }
}

function textOf(input: unknown): string {
  if (input instanceof UnreadableLine) return input.text;
  try {
    return JSON.stringify(input) ?? "";
  } catch {
    // JSON.stringify recurses: what nests thousands deep overflows the stack.
    return "(nests too deep to be kept)";
  }
}

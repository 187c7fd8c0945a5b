import { gunzipSync } from "node:zlib";
import type { BatchAnswer } from "@balise/schema";
import type { Answer } from "./answers.js";
import type { Carried } from "./input.js";

const INVALID = /^e: (\w+): /;

/** What the collector said that it has kept, against what was sent: found without its code. */
export class Ledger {
  /** Ids that it has acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Ids whose request was whole and got no answer: they may be kept. */
  readonly unanswered = new Set<string>();
  /** Rejected events by code, of which a row must be kept. */
  readonly rejected = new Map<string, number>();

  /** @returns what is wrong with the answer. */
  note(carried: Carried, answer: Answer | undefined): string | undefined {
    if (carried.door === "pixel") return this.#pixel(carried.event, answer);
    if (answer !== undefined && answer.status !== 202) return undefined;
    const events = eventsOf(carried);
    if (answer === undefined) {
      for (const event of events ?? []) addId(this.unanswered, event);
      return undefined;
    }
    if (events === undefined) return "202 for a body that holds no events";
    return this.#batch(events, JSON.parse(answer.body.toString()));
  }

  #batch(
    events: readonly unknown[],
    told: BatchAnswer & { rejectedCount?: number },
  ): string | undefined {
    const rejectedCount = told.rejectedCount ?? told.rejected.length;
    if (told.accepted + rejectedCount !== events.length) {
      return `${told.accepted} accepted and ${rejectedCount} rejected of ${events.length} events`;
    }
    const rejected = new Set(told.rejected.map(({ index }) => index));
    for (const { code } of told.rejected) this.#reject(code);
    for (const [index, event] of events.entries()) {
      if (rejected.has(index)) continue;
      if (!addId(this.acknowledged, event)) return `event ${index} has no id and was accepted`;
    }
    return undefined;
  }

  #pixel(text: string, answer: Answer | undefined): string | undefined {
    if (answer?.status === 400) {
      const code = INVALID.exec(messageOf(answer))?.[1];
      if (code !== undefined) this.#reject(code);
      return undefined;
    }
    if (answer !== undefined && answer.status !== 200) return undefined;
    const event = jsonOf(Buffer.from(text, "base64url").toString());
    const added = addId(answer === undefined ? this.unanswered : this.acknowledged, event);
    return answer === undefined || added ? undefined : "a point for an event without an id";
  }

  #reject(code: string): void {
    this.rejected.set(code, (this.rejected.get(code) ?? 0) + 1);
  }
}

function addId(ids: Set<string>, event: unknown): boolean {
  const id: unknown = Reflect.get(Object(event), "id");
  if (typeof id !== "string") return false;
  ids.add(id.toLowerCase());
  return true;
}

function eventsOf(carried: Exclude<Carried, { door: "pixel" }>): unknown[] | undefined {
  const text = plainOf(carried)?.toString();
  if (text === undefined) return undefined;
  if (carried.door === "import") {
    return text
      .split("\n")
      .filter((line) => !/^[\t\r ]*$/.test(line))
      .map((line) => jsonOf(line.trim()));
  }
  const events: unknown = Reflect.get(Object(jsonOf(text)), "events");
  return Array.isArray(events) ? events : undefined;
}

/** The bytes as they were before gzip: of batches also where its beginning alone says so. */
function plainOf({ door, bytes, encoding }: Exclude<Carried, { door: "pixel" }>) {
  const begins = door === "batch" && bytes.subarray(0, 2).toString("hex") === "1f8b";
  try {
    return encoding === "gzip" || (encoding === undefined && begins) ? gunzipSync(bytes) : bytes;
  } catch {
    return undefined;
  }
}

function messageOf(answer: Answer): string {
  const error: unknown = Reflect.get(Object(jsonOf(answer.body.toString())), "error");
  return String(Reflect.get(Object(error), "message"));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

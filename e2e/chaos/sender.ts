import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../packages/collector/dist/demo/random.js";
import { Connection, NoAnswerError } from "../../bench/load/connection.js";
import type { Cast } from "./cast.js";
import { deliveryBytes, type Door, type Keys, PROMISE, wrongIn } from "./delivery.js";
import type { Ledger, Span } from "./ledger.js";

/** Shares of the doors among the requests; persons in one of them. */
const DOORS = [
  { door: "batch", weight: 66, persons: [2, 10] },
  { door: "gzip", weight: 20, persons: [2, 10] },
  { door: "pixel", weight: 12, persons: [1, 1] },
  { door: "import", weight: 2, persons: [40, 300] },
] as const;

/** An import waits for as long as the disk is full: some are left earlier than that. */
const PATIENCE = 15_000;
const MOST_TRIES = 8;
/** Deliveries of which one may be repeated. */
const REMEMBERED = 30;

export interface Tally {
  requests: number;
  promises: number;
  unanswered: number;
  sentAgain: number;
  abandoned: number;
  repeated: number;
  /** Answers 503, by code. */
  refused: Map<string, number>;
  /** Answers that must not be. */
  wrong: string[];
}

export function newTally(): Tally {
  return {
    requests: 0,
    promises: 0,
    unanswered: 0,
    sentAgain: 0,
    abandoned: 0,
    repeated: 0,
    refused: new Map(),
    wrong: [],
  };
}

export interface SenderOptions {
  cast: Cast;
  ledger: Ledger;
  keys: Keys;
  tally: Tally;
  random: Random;
  /** Addresses of all collectors. */
  urls: readonly [string, ...string[]];
  /** Mean milliseconds between two requests. */
  pace: number;
}

/**
 * One visitor of the doors, with a connection that it keeps while it can. What was not answered or
 * was refused is sent again, to any collector, or given up; some of what was acknowledged is sent
 * once more, as by a tag that never heard the answer.
 */
export class Sender {
  #connection: { url: string; made: Connection } | undefined;
  readonly #past: { door: Door; span: Span }[] = [];
  #stopped = false;

  constructor(readonly options: SenderOptions) {}

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<void> {
    const { random, pace } = this.options;
    while (!this.#stopped) {
      await this.#deliver();
      await pause(random.whole(0, pace * 2));
    }
    this.#connection?.made.close();
  }

  async #deliver(): Promise<void> {
    const { ledger, random, tally } = this.options;
    const { door, persons } = random.weighted<(typeof DOORS)[number]>(DOORS);
    const taken = ledger.take(random.whole(persons[0], persons[1]));
    const span = door === "pixel" ? { first: taken.first, events: 1 } : taken;
    for (let tries = 1; !(await this.#try(door, span)); tries++) {
      if (this.#stopped || tries === MOST_TRIES || random.chance(0.3)) {
        tally.abandoned += 1;
        return;
      }
      tally.sentAgain += 1;
      await pause(random.whole(20, 200));
    }
    this.#past.push({ door, span });
    if (this.#past.length > REMEMBERED) this.#past.shift();
    if (random.chance(0.02)) await this.#repeat();
  }

  /** Later, so that the copy comes with another insert, and often to another collector. */
  async #repeat(): Promise<void> {
    const { random, tally } = this.options;
    const delivered = this.#past[random.whole(0, this.#past.length - 1)];
    if (delivered === undefined) return;
    tally.repeated += 1;
    await this.#try(delivered.door, delivered.span);
  }

  /** Whether a promise came. */
  async #try(door: Door, span: Span): Promise<boolean> {
    const { cast, keys, ledger, tally } = this.options;
    try {
      const { url, made } = await this.#connected();
      const bytes = deliveryBytes(door, url, keys, cast, span);
      tally.requests += 1;
      ledger.sent(span);
      const answer = await made.request(bytes, PATIENCE);
      if (answer.body === undefined || /^connection: *close/im.test(answer.head)) this.#leave();
      if (answer.status !== PROMISE[door]) {
        this.#refused(answer.status, answer.head, answer.body ?? "");
        return false;
      }
      // The status line is the promise, whatever becomes of the body.
      ledger.promised(span);
      tally.promises += 1;
      const wrong = answer.body === undefined ? undefined : wrongIn(door, cast, span, answer.body);
      if (wrong !== undefined) tally.wrong.push(wrong);
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      this.#leave();
      tally.unanswered += 1;
      return false;
    }
  }

  #refused(status: number, head: string, body: string): void {
    const { refused, wrong } = this.options.tally;
    const code = /"code":"(\w+)"/.exec(body)?.[1] ?? "cut off";
    refused.set(code, (refused.get(code) ?? 0) + 1);
    if (status !== 503) wrong.push(`${status}: ${body.slice(0, 300)}`);
    else if (body !== "" && !/^retry-after: *\d+/im.test(head))
      wrong.push(`503 without Retry-After`);
  }

  async #connected(): Promise<{ url: string; made: Connection }> {
    if (this.#connection === undefined || this.#connection.made.closed) {
      const url = this.options.random.pick(this.options.urls);
      this.#connection = { url, made: await Connection.open(url) };
    }
    return this.#connection;
  }

  #leave(): void {
    this.#connection?.made.close();
    this.#connection = undefined;
  }
}

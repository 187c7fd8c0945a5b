/**
 * The drain: carries frozen segments into ClickHouse, oldest first, one insert at a time per table.
 *
 * What is always true:
 *  1. A segment is removed only after ClickHouse has acknowledged every insert made of it.
 *  2. The same segment gives the same inserts with the same tokens, however often it is replayed.
 *  3. A row that ClickHouse refuses is set aside in `rejected_events` and never blocks the others.
 *  4. While ClickHouse is away the drain waits and tries again, without a limit.
 *  5. At most `AHEAD` segments are begun and not removed: what a crash makes it replay is bounded.
 */
import type { FastifyBaseLogger } from "fastify";
import { explain } from "../explain.js";
import { Buffers } from "./buffers.js";
import type { Insert } from "../store/insert.js";
import type { FrozenSegment } from "./folder.js";
import { type Inserted, Lane, StoppedError } from "./lane.js";
import { Pace } from "./pace.js";
import { pause } from "./pause.js";
import type { Table } from "./record.js";
import { readSegment, type SegmentContent } from "./segment.js";
import type { Spool } from "./spool.js";
import { Trouble } from "../trouble.js";

export interface DrainOptions {
  spool: Spool;
  insert: Insert;
  log: FastifyBaseLogger;
  /**
   * Milliseconds that an event waits for others before it is inserted, while ClickHouse keeps up.
   * @default 500
   */
  interval?: number;
  /** Milliseconds before the first repetition; it doubles up to half a minute. @default 250 */
  pause?: number;
  /** Uniform in 0…1, for the jitter of retries. */
  random?: () => number;
  now?: () => number;
}

export interface DrainState {
  rows: number;
  inserts: number;
  /** Rows that ClickHouse refused. */
  refused: number;
  /** Inserts that failed and were repeated. */
  failures: number;
  /** Epoch milliseconds. */
  lastSuccess: number | undefined;
  /** Message of the last failure since the last success. */
  lastError: string | undefined;
  /** Milliseconds that events wait for others now. */
  interval: number;
  /** Whether it carries anything: it does not before the tables are there. */
  started: boolean;
}

/** Segments that are begun and not removed. */
export const AHEAD = 8;

/** Bytes of segments in memory past which no other is read. */
const AHEAD_BYTES = 12 * 1024 * 1024;

/** Segments under way up to which the open one is frozen at each interval: else it may grow. */
const IDLE = 1;

/** Milliseconds after which an open segment is frozen, however many wait before it. */
const LONGEST_OPEN = 60_000;

/** Before the disk is asked again to read or remove a segment, as a multiple of the first pause. */
const DISK_PAUSES = 20;

export class Drain {
  readonly #options: Required<DrainOptions>;
  readonly #pace: Pace;
  readonly #stopping = new AbortController();
  readonly #hurry = new AbortController();
  readonly #lanes = new Map<Table, Lane>();
  readonly #buffers = new Buffers();
  readonly #listeners: ((inserted: Inserted) => void)[] = [];
  readonly #failureListeners: ((table: Table) => void)[] = [];
  /** Segments that are begun, by name, until their file is gone. */
  readonly #begun = new Map<string, Promise<void>>();
  readonly #readTrouble: Trouble;
  readonly #removeTrouble: Trouble;
  #bytesAhead = 0;
  #totals = { rows: 0, inserts: 0 };
  #lastSuccess: number | undefined;
  #readError: string | undefined;
  #running: Promise<void> | undefined;

  constructor(options: DrainOptions) {
    this.#options = { interval: 500, pause: 250, random: Math.random, now: Date.now, ...options };
    this.#pace = new Pace(this.#options.interval);
    this.#readTrouble = new Trouble(options.log);
    this.#removeTrouble = new Trouble(options.log);
    this.onInsert(({ rows }) => {
      this.#totals = { rows: this.#totals.rows + rows, inserts: this.#totals.inserts + 1 };
      this.#lastSuccess = this.#options.now();
    });
  }

  get state(): Readonly<DrainState> {
    const lanes = [...this.#lanes.values()];
    return {
      ...this.#totals,
      refused: lanes.reduce((sum, { refused }) => sum + refused, 0),
      failures: lanes.reduce((sum, { failures }) => sum + failures, 0),
      lastSuccess: this.#lastSuccess,
      lastError: lanes.find(({ error }) => error !== undefined)?.error ?? this.#readError,
      interval: this.#pace.interval,
      started: this.#running !== undefined,
    };
  }

  /**
   * Milliseconds since the oldest segment was begun that is ready for ClickHouse and not stored; 0
   * without. Events that only wait for others are not in one.
   */
  lag(): number {
    const oldest = this.#options.spool.frozen[0];
    return oldest === undefined ? 0 : Math.max(0, this.#options.now() - oldest.createdAt);
  }

  /** Calls the listener after each insert that ClickHouse has acknowledged. */
  onInsert(listener: (inserted: Inserted) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls the listener after each insert that failed, refused rows included. */
  onFailure(listener: (table: Table) => void): void {
    this.#failureListeners.push(listener);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the inserts that are under way; what is left stays in the spool. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#hurry.abort();
    await this.#running;
  }

  /**
   * Inserts all that the spool holds now, for at most `grace` milliseconds; the first failure ends it.
   * @returns whether the spool is empty.
   */
  async finish(grace: number): Promise<boolean> {
    const { spool, log } = this.#options;
    await spool.freeze();
    this.#hurry.abort();
    if (grace > 0 && spool.frozen.length > 0) {
      this.start();
      const late = new AbortController();
      await Promise.race([this.#running, pause(grace, late.signal)]);
      late.abort();
    }
    this.#stopping.abort();
    const left = spool.frozen.length;
    if (left > 0) log.warn({ segments: left }, "events stay in the spool for the next start");
    return left === 0;
  }

  /** Ends when it is stopped, or in a hurry when nothing is left. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const next = this.#next();
      if (next !== undefined) await this.#begin(next);
      else if (this.#begun.size > 0 && (this.#hurry.signal.aborted || this.#isFull()))
        await Promise.race(this.#begun.values());
      else if (this.#hurry.signal.aborted) break;
      else await this.#gather();
    }
    await Promise.all(this.#begun.values());
  }

  /** The oldest segment that is not begun, if there is room for it. */
  #next(): FrozenSegment | undefined {
    if (this.#isFull()) return undefined;
    return this.#options.spool.frozen.find(({ name }) => !this.#begun.has(name));
  }

  #isFull(): boolean {
    return this.#begun.size >= AHEAD || this.#bytesAhead >= AHEAD_BYTES;
  }

  /** Lets events come together, then freezes them. */
  async #gather(): Promise<void> {
    const { spool } = this.#options;
    await pause(this.#pace.interval, this.#hurry.signal);
    if (this.#begun.size <= IDLE) await spool.freeze();
    else await spool.freezeOlderThan(LONGEST_OPEN);
  }

  /** Reads the segment and hands its inserts to the lanes: their order is that of the segments. */
  async #begin(segment: FrozenSegment): Promise<void> {
    const taken: Buffer[] = [];
    const bufferFor = (size: number): Buffer => {
      const buffer = this.#buffers.take(size);
      taken.push(buffer);
      return buffer;
    };
    const work = await this.#options.spool.read(segment, bufferFor).then(
      (bytes) => () => (bytes === undefined ? this.#gone(segment) : this.#carry(segment, bytes)),
      (error: unknown) => () => this.#unreadable(segment, error),
    );
    const ended = work()
      .catch((error: unknown) => this.#giveUp(error))
      .finally(() => {
        for (const buffer of taken) this.#buffers.give(buffer);
        this.#begun.delete(segment.name);
      });
    this.#begun.set(segment.name, ended);
  }

  async #carry(segment: FrozenSegment, bytes: Buffer): Promise<void> {
    this.#readError = undefined;
    this.#readTrouble.over({}, "segments of the spool can be read again");
    const content = readSegment(segment.name, bytes);
    if (content.unreadBytes > 0 && !content.damaged) {
      this.#options.log.warn(
        { segment: segment.name, bytes: content.unreadBytes },
        "torn end of a segment passed over",
      );
    }
    this.#bytesAhead += bytes.length;
    const inserts = content.chunks.map((chunk) =>
      this.#lane(chunk.table).push(chunk, segment.createdAt),
    );
    const results = await Promise.allSettled(inserts);
    this.#bytesAhead -= bytes.length;
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    await this.#removed(segment, content);
  }

  async #gone(segment: FrozenSegment): Promise<void> {
    this.#options.log.error(
      { segment: segment.name },
      "a segment of the spool is gone: something removed its file",
    );
    await this.#removed(segment, { damaged: false, unreadBytes: 0 });
  }

  /** A segment that the disk does not give is tried again later; those behind it go on. */
  async #unreadable(segment: FrozenSegment, error: unknown): Promise<void> {
    this.#readError = explain(error);
    this.#readTrouble.tell(
      "error",
      { segment: segment.name, error: this.#readError },
      "a segment of the spool cannot be read; it will be tried again",
    );
    if (this.#hurry.signal.aborted) throw error;
    await pause(this.#options.pause * DISK_PAUSES, this.#hurry.signal);
  }

  /** Its rows are stored: while the disk refuses to remove it, it is not inserted again. */
  async #removed(
    segment: FrozenSegment,
    { damaged, unreadBytes }: Pick<SegmentContent, "damaged" | "unreadBytes">,
  ): Promise<void> {
    const { spool, log } = this.#options;
    for (;;) {
      try {
        if (damaged) {
          const path = await spool.setAside(segment);
          log.error(
            { path, bytes: unreadBytes },
            "the disk harmed a segment; what could be read is stored, the file is kept",
          );
        } else await spool.remove(segment);
        return this.#removeTrouble.over({}, "segments of the spool can be removed again");
      } catch (error) {
        this.#removeTrouble.tell(
          "error",
          { segment: segment.name, error: explain(error) },
          "a segment is stored and cannot be removed; it will be tried again",
        );
        if (this.#hurry.signal.aborted) throw error;
        await pause(this.#options.pause * DISK_PAUSES, this.#hurry.signal);
      }
    }
  }

  #giveUp(error: unknown): void {
    if (!(error instanceof StoppedError)) {
      this.#options.log.warn({ error: explain(error) }, "the drain ends before all is stored");
    }
    this.#stopping.abort();
  }

  #lane(table: Table): Lane {
    const known = this.#lanes.get(table);
    if (known !== undefined) return known;
    const { insert, log, random, now } = this.#options;
    const lane = new Lane(table, {
      insert,
      log,
      random,
      now,
      pace: this.#pace,
      firstPause: this.#options.pause,
      stopping: this.#stopping.signal,
      hurry: this.#hurry.signal,
      onInsert: (inserted) => {
        for (const listener of this.#listeners) listener(inserted);
      },
      onFailure: (table) => {
        for (const listener of this.#failureListeners) listener(table);
      },
    });
    this.#lanes.set(table, lane);
    return lane;
  }
}

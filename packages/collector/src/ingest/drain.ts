/**
 * The drain: carries frozen segments into ClickHouse, oldest first, one insert at a time.
 *
 * What is always true:
 *  1. A segment is removed only after ClickHouse has acknowledged every insert made of it.
 *  2. The same segment gives the same inserts with the same tokens, however often it is replayed.
 *  3. A row that ClickHouse refuses is set aside in `rejected_events` and never blocks the others.
 *  4. While ClickHouse is away the drain waits and tries again, without a limit.
 */
import { readFile } from "node:fs/promises";
import type { FastifyBaseLogger } from "fastify";
import { explain } from "../explain.js";
import { ChunkRefusedError, type Insert, RowRefusedError } from "../store/insert.js";
import { refusedRow, withoutRow } from "./refusal.js";
import { type Chunk, readSegment } from "./segment.js";
import type { FrozenSegment, Spool } from "./spool.js";

export interface DrainOptions {
  spool: Spool;
  insert: Insert;
  log: FastifyBaseLogger;
  /** Milliseconds that an event waits for others before it is inserted. @default 500 */
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
  refused: number;
  /** Message of the last failure since the last success. */
  lastError: string | undefined;
}

const LONGEST_WAIT = 30_000;

/** Refusals of one chunk, with pauses between them, after which its rows are looked at. */
const PATIENCE = 5;

export class Drain {
  readonly #options: Required<DrainOptions>;
  readonly #stopping = new AbortController();
  readonly #state: DrainState = { rows: 0, inserts: 0, refused: 0, lastError: undefined };
  /** How often a chunk was refused, by its token. */
  readonly #refusals = new Map<string, number>();
  #running: Promise<void> | undefined;

  constructor(options: DrainOptions) {
    this.#options = { interval: 500, pause: 250, random: Math.random, now: Date.now, ...options };
  }

  get state(): Readonly<DrainState> {
    return this.#state;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the insert that is under way; what is left stays in the spool. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /**
   * Inserts all that the spool holds now, for at most `grace` milliseconds.
   * @returns whether the spool is empty.
   */
  async finish(grace: number): Promise<boolean> {
    await this.stop();
    const deadline = this.#options.now() + grace;
    await this.#options.spool.freeze();
    try {
      for (const segment of this.#options.spool.frozen) {
        if (this.#options.now() >= deadline) break;
        await withDeadline(this.#drainSegment(segment), deadline - this.#options.now());
      }
    } catch (error) {
      this.#options.log.warn(
        { error: messageOf(error) },
        "events stay in the spool for the next start",
      );
    }
    return this.#options.spool.frozen.length === 0;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        const oldest = this.#options.spool.frozen[0];
        if (oldest === undefined) {
          await this.#pause(this.#options.interval);
          await this.#options.spool.freeze();
        } else {
          await this.#drainSegment(oldest);
        }
        failures = 0;
        this.#state.lastError = undefined;
      } catch (error) {
        failures += 1;
        this.#state.lastError = messageOf(error);
        const longest = Math.min(LONGEST_WAIT, this.#options.pause * 2 ** Math.min(failures, 10));
        const wait = longest * (0.5 + this.#options.random() / 2);
        this.#options.log.warn(
          { error: messageOf(error), retryMs: Math.round(wait) },
          "insert failed; it will be repeated",
        );
        await this.#pause(wait);
      }
    }
  }

  async #drainSegment(segment: FrozenSegment): Promise<void> {
    const { log, spool } = this.#options;
    const bytes = await readUnlessGone(segment.path);
    if (bytes === undefined) {
      log.error(
        { segment: segment.name },
        "a segment of the spool is gone: something removed its file",
      );
      return spool.remove(segment);
    }
    const content = readSegment(segment.name, bytes);
    if (content.unreadBytes > 0 && !content.damaged) {
      log.warn(
        { segment: segment.name, bytes: content.unreadBytes },
        "torn end of a segment passed over",
      );
    }
    for (const chunk of content.chunks) await this.#insertChunk(chunk);
    if (content.damaged) {
      const path = await spool.setAside(segment);
      log.error(
        { path, bytes: content.unreadBytes },
        "the disk harmed a segment; what could be read is stored, the file is kept",
      );
    } else await spool.remove(segment);
    this.#refusals.clear();
  }

  /**
   * The row that ClickHouse names is set aside and the rest goes in; unnamed, it is searched by
   * halves. A chunk that is refused again and again for a reason that may be its own is searched
   * too: nothing may block what stands behind it.
   */
  async #insertChunk(chunk: Chunk, patient = true): Promise<void> {
    try {
      await this.#options.insert(chunk.table, chunk.token, chunk.parts, chunk.rows);
      this.#state.inserts += 1;
      this.#state.rows += chunk.rows;
    } catch (error) {
      const refusal = this.#refusalOf(chunk, error, patient);
      if (refusal === undefined) throw error;
      if (chunk.rows === 1) return this.#setAside(chunk, refusal);
      const impatient = refusal !== error;
      for (const part of withoutRow(chunk, refusal.row)) await this.#insertChunk(part, !impatient);
    }
  }

  /** Why a row of the chunk must be the reason; undefined while waiting may still help. */
  #refusalOf(chunk: Chunk, error: unknown, patient: boolean): RowRefusedError | undefined {
    if (error instanceof RowRefusedError) return error;
    if (!(error instanceof ChunkRefusedError)) return undefined;
    const times = (this.#refusals.get(chunk.token) ?? 0) + 1;
    this.#refusals.set(chunk.token, times);
    if (patient && times < PATIENCE) return undefined;
    return new RowRefusedError(error.code, error.message, undefined);
  }

  async #setAside(chunk: Chunk, error: RowRefusedError): Promise<void> {
    const line = chunk.parts[0];
    if (line === undefined) return;
    const rejected = refusedRow(line, error, this.#options.now());
    // A rejected event that is refused itself has nowhere to go but the log.
    if (chunk.table !== "rejected_events") {
      const parts = [Buffer.from(`${rejected}\n`)];
      await this.#options.insert("rejected_events", `${chunk.token}:refused`, parts, 1);
    }
    this.#state.refused += 1;
    this.#options.log.error(
      { table: chunk.table, code: error.code },
      "ClickHouse refused a row; it is in rejected_events",
    );
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const signal = this.#stopping.signal;
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
      signal.addEventListener("abort", done);
    });
  }
}

async function readUnlessGone(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function messageOf(error: unknown): string {
  return explain(error).slice(0, 500);
}

async function withDeadline(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("the grace period is over")),
      Math.max(0, milliseconds),
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

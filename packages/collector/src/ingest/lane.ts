import type { FastifyBaseLogger } from "fastify";
import { explain } from "../explain.js";
import {
  ChunkRefusedError,
  type Insert,
  RowRefusedError,
  TOO_MANY_PARTS,
} from "../store/insert.js";
import type { Pace } from "./pace.js";
import { pause } from "./pause.js";
import type { Table } from "./record.js";
import { refusedChunk } from "./refusal.js";
import type { Chunk } from "./segment.js";
import { Trouble } from "../trouble.js";
import { type RefusedRow, Sifting } from "./sifting.js";

/** An insert that ClickHouse has acknowledged. */
export interface Inserted {
  table: Table;
  rows: number;
  bytes: number;
  /** From sending it to its acknowledgement. */
  milliseconds: number;
  /** Since the oldest record of its segment was received. */
  oldestAgeMs: number;
}

export interface LaneOptions {
  insert: Insert;
  log: FastifyBaseLogger;
  pace: Pace;
  /** Milliseconds before the first repetition; it doubles up to half a minute. */
  firstPause: number;
  random: () => number;
  now: () => number;
  /** Once given, nothing is begun any more. */
  stopping: AbortSignal;
  /** Once given, no pause is made, and what fails is not tried again. */
  hurry: AbortSignal;
  onInsert: (inserted: Inserted) => void;
  onFailure: (table: Table) => void;
}

export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

const LONGEST_PAUSE = 30_000;

/** The inserts into one table: one after the other, each repeated until ClickHouse has it. */
export class Lane {
  readonly #options: LaneOptions;
  #last: Promise<void> = Promise.resolve();
  readonly #failing: Trouble;
  readonly #refusing: Trouble;
  #error: string | undefined;
  #failures = 0;
  #refused = 0;

  constructor(
    readonly table: Table,
    options: LaneOptions,
  ) {
    this.#options = options;
    this.#failing = new Trouble(options.log);
    this.#refusing = new Trouble(options.log);
  }

  /** Message of the last failure since the last success. */
  get error(): string | undefined {
    return this.#error;
  }

  /** Inserts that failed for whatever reason. */
  get failures(): number {
    return this.#failures;
  }

  /** Rows that ClickHouse refused. */
  get refused(): number {
    return this.#refused;
  }

  /**
   * Inserts the chunk after those before it; resolves when ClickHouse has every row of it, or
   * `rejected_events` has those that it refuses.
   * @throws StoppedError, or the failure of the last try in a hurry.
   */
  push(chunk: Chunk, receivedAt: number): Promise<void> {
    const done = this.#last.then(() => this.#deliver(chunk, receivedAt));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #deliver(chunk: Chunk, receivedAt: number): Promise<void> {
    const { hurry, pace } = this.#options;
    const insert: Insert = (...one) => this.#insert(one, receivedAt);
    let sifting = new Sifting(chunk, insert);
    for (let failures = 1; ; failures++) {
      await pause(pace.gap, hurry);
      try {
        await sifting.run();
        await this.#setAside(chunk, sifting.refused, insert);
        this.#error = undefined;
        this.#failing.over({ table: this.table }, "inserts succeed again");
        return;
      } catch (error) {
        if (error instanceof StoppedError) throw error;
        this.#error = messageOf(error);
        if (hurry.aborted) throw error;
        // Every row was refused, and then what should keep them: it is ClickHouse that is ill.
        const ill = error instanceof ChunkRefusedError && sifting.refused.size === chunk.rows;
        if (ill) sifting = new Sifting(chunk, insert);
        await this.#wait(failures);
      }
    }
  }

  async #insert(insert: Parameters<Insert>, receivedAt: number): Promise<void> {
    const { onInsert, onFailure, now, pace } = this.#options;
    const [table, , parts, rows] = insert;
    if (this.#options.stopping.aborted) throw new StoppedError("the drain was stopped");
    const start = performance.now();
    try {
      await this.#options.insert(...insert);
    } catch (error) {
      this.#failures += 1;
      onFailure(table);
      if (codeOf(error) === TOO_MANY_PARTS) pace.slower();
      throw error;
    }
    pace.faster();
    onInsert({
      table,
      rows,
      bytes: parts.reduce((sum, part) => sum + part.length, 0),
      milliseconds: performance.now() - start,
      oldestAgeMs: Math.max(0, now() - receivedAt),
    });
  }

  async #wait(failures: number): Promise<void> {
    const { firstPause, random, hurry } = this.#options;
    const longest = Math.min(LONGEST_PAUSE, firstPause * 2 ** Math.min(failures, 10));
    const wait = longest * (0.5 + random() / 2);
    this.#failing.tell(
      "warn",
      { table: this.table, error: this.#error, retryMs: Math.round(wait) },
      "an insert failed; it will be repeated",
    );
    await pause(wait, hurry);
  }

  /** A rejected event that is refused itself has nowhere to go but the log. */
  async #setAside(
    chunk: Chunk,
    refused: ReadonlyMap<number, RefusedRow>,
    insert: Insert,
  ): Promise<void> {
    if (refused.size === 0) return;
    const lost = this.table === "rejected_events";
    const { table, token, parts, rows } = refusedChunk(chunk, refused, this.#options.now());
    if (!lost) await insert(table, token, parts, rows);
    this.#refused += refused.size;
    const codes = [...new Set([...refused.values()].map(({ code }) => code))];
    this.#refusing.tell(
      "error",
      { table: this.table, rows: refused.size, codes },
      lost
        ? "ClickHouse refused rows of rejected_events; they are lost"
        : "ClickHouse refused rows; they are in rejected_events",
    );
  }
}

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && "code" in error ? Number(error.code) : Number.NaN;
  return Number.isNaN(code) ? undefined : code;
}

/** Of refused rows ClickHouse's message quotes what visitors sent: the code alone is for the log. */
function messageOf(error: unknown): string {
  if (error instanceof RowRefusedError || error instanceof ChunkRefusedError)
    return `ClickHouse refuses the insert (code ${error.code})`;
  return explain(error).slice(0, 500);
}

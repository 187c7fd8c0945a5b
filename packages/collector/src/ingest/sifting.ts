import { ChunkRefusedError, type Insert, RowRefusedError } from "../store/insert.js";
import { type Chunk, linesOf } from "./segment.js";

/** A row that ClickHouse refuses, and why. */
export interface RefusedRow {
  line: Buffer;
  code: number;
  message: string;
}

/** Rows from `from` to before `to` that are inserted together. */
interface Range {
  from: number;
  to: number;
  /** Rows of it that were found out by their number. */
  named: number;
}

/** Refusals of a chunk, with pauses between them, after which its rows are looked at. */
const PATIENCE = 5;

/** Rows that are taken out of a range by their number, before it is cut into pieces. */
const NAMED = 16;

/** Pieces that a range is cut into: sending it whole for each of many refused rows costs too much. */
const PIECES = 32;

/**
 * Inserts a chunk without the rows that ClickHouse refuses. It names the first of them: the rest is
 * sent again without it, under the same token, since an insert is taken whole or not at all. After
 * many names, or without one, the rows go in pieces with tokens of their own, so that a row costs at
 * most some refusals of a small piece. The same chunk is cut alike when it is replayed.
 */
export class Sifting {
  readonly #refused = new Map<number, RefusedRow>();
  readonly #todo: Range[];
  #lines: Buffer[] | undefined;
  #refusals = 0;

  constructor(
    readonly chunk: Chunk,
    readonly insert: Insert,
  ) {
    this.#todo = [{ from: 0, to: chunk.rows, named: 0 }];
  }

  /** The rows found so far, by their place in the chunk. */
  get refused(): ReadonlyMap<number, RefusedRow> {
    return this.#refused;
  }

  /** Goes on where it was when it threw: for a reason that is not of the rows, or may not be. */
  async run(): Promise<void> {
    for (let range = this.#todo[0]; range !== undefined; range = this.#todo[0]) {
      try {
        await this.#insert(range);
        this.#todo.shift();
      } catch (error) {
        const refusal = this.#refusalOf(error);
        if (refusal === undefined) throw error;
        this.#narrow(range, refusal);
      }
    }
  }

  async #insert(range: Range): Promise<void> {
    const { table, token, rows, parts } = this.chunk;
    if (range.to - range.from === rows && this.#refused.size === 0) {
      return this.insert(table, token, parts, rows);
    }
    const kept = this.#places(range).map((place) => this.#line(place));
    if (kept.length === 0) return;
    const whole = range.to - range.from === rows;
    const own = whole ? token : `${token}/${range.from}-${range.to}`;
    await this.insert(table, own, kept, kept.length);
  }

  /** Why a row of the range must be the reason; undefined while waiting may still help. */
  #refusalOf(error: unknown): RowRefusedError | undefined {
    if (error instanceof RowRefusedError) return error;
    if (!(error instanceof ChunkRefusedError)) return undefined;
    // What is refused of this table is lost: only a row that is named by its data may be.
    if (this.chunk.table === "rejected_events") return undefined;
    this.#refusals += 1;
    if (this.#refusals < PATIENCE) return undefined;
    return new RowRefusedError(error.code, error.message, undefined);
  }

  #narrow(range: Range, { code, message, row }: RowRefusedError): void {
    const places = this.#places(range);
    const place = places.length === 1 ? places[0] : row === undefined ? undefined : places[row];
    if (place !== undefined) {
      this.#refused.set(place, { line: this.#line(place), code, message });
      range.named += 1;
    }
    if (place === undefined) this.#cut(range, 2);
    else if (range.named >= NAMED) this.#cut(range, PIECES);
  }

  #cut({ from, to }: Range, pieces: number): void {
    const step = Math.max(1, Math.ceil((to - from) / pieces));
    const ranges: Range[] = [];
    for (let at = from; at < to; at += step) {
      ranges.push({ from: at, to: Math.min(to, at + step), named: 0 });
    }
    this.#todo.splice(0, 1, ...ranges);
  }

  /** The places of the range's rows that are not refused yet. */
  #places({ from, to }: Range): number[] {
    const places: number[] = [];
    for (let place = from; place < to; place++) if (!this.#refused.has(place)) places.push(place);
    return places;
  }

  #line(place: number): Buffer {
    this.#lines ??= linesOf(this.chunk);
    const line = this.#lines[place];
    if (line === undefined) throw new Error(`the chunk has no row ${place}`);
    return line;
  }
}

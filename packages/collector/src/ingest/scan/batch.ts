import { RECORD_HEADER, sealRecord } from "../record.js";
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACKET } from "./bytes.js";
import { Cursor } from "./cursor.js";
import { type Common, forgetParts, passEvent, type Seen } from "./event.js";
import { endOfObject } from "./skip.js";

/** More bytes than any row has that `passEvent` writes, its head apart. */
const MAX_ROW = 64 * 1024;

/** Bytes at which a record ends and the next one starts. */
const FULL_RECORD = 256 * 1024;

/** An output larger than this is let go of after its request. */
const KEPT_OUTPUT = 1024 * 1024;

/** What becomes of the events that a scan comes across. */
export interface Finds {
  /** An event that is not plainly right, as JSON. */
  onOther: (event: unknown, index: number) => void;
  /** An event was written whose id stands there. */
  onId: (source: Buffer, at: number) => void;
  /** A device and its user, seen together at this moment. */
  onPair: (anonymousId: string, userId: string, occurredAt: number) => void;
}

export interface Scanned {
  /** Records of the events that were plainly right; the buffer is used again by the next scan. */
  records: Buffer;
  /** Rows in `records`. */
  rows: number;
  /** All events of the body. */
  events: number;
}

/** Reads the events of bodies straight from their bytes and writes them as records of `events`. */
export class BatchScanner {
  readonly #cursor = new Cursor();
  readonly #seen: Seen = { id: 0, occurredAt: 0, anonymousId: 0, userId: 0, userIdEnd: 0 };

  /**
   * Scans the array at `at`, which the body ends with; the body is valid UTF-8. Undefined when the
   * body is not JSON, or not of that shape: nothing that `finds` heard counts then.
   */
  scan(body: Buffer, at: number, common: Common, finds: Finds): Scanned | undefined {
    const cursor = this.#cursor;
    cursor.src = body;
    cursor.at = at;
    cursor.out = RECORD_HEADER;
    forgetParts();
    if (cursor.dst.length > KEPT_OUTPUT) cursor.dst = Buffer.allocUnsafe(FULL_RECORD + MAX_ROW);
    try {
      return this.#scan(common, finds);
    } catch (error) {
      // What only looked like an event is for `JSON.parse` of the whole to explain.
      if (error instanceof SyntaxError) return undefined;
      throw error;
    } finally {
      cursor.src = EMPTY;
    }
  }

  #scan(common: Common, finds: Finds): Scanned | undefined {
    const cursor = this.#cursor;
    let [events, rows, rowsOfRecord, record] = [0, 0, 0, 0];
    if (!cursor.pass(OPEN_BRACKET)) return undefined;
    if (!cursor.pass(CLOSE_BRACKET)) {
      do {
        if (this.#event(common, finds, events)) {
          rows += 1;
          rowsOfRecord += 1;
        }
        events += 1;
        if (cursor.out - record > FULL_RECORD) {
          sealRecord(cursor.dst, record, cursor.out, "events", rowsOfRecord);
          [record, rowsOfRecord] = [cursor.out, 0];
          cursor.reserve(RECORD_HEADER);
          cursor.out += RECORD_HEADER;
        }
      } while (cursor.pass(COMMA));
      if (!cursor.pass(CLOSE_BRACKET)) return undefined;
    }
    if (!this.#passEnd()) return undefined;
    if (rowsOfRecord > 0) sealRecord(cursor.dst, record, cursor.out, "events", rowsOfRecord);
    else cursor.out = record;
    return { records: cursor.dst.subarray(0, cursor.out), rows, events };
  }

  /** Whether the event was written as a row; another one is handed on. */
  #event(common: Common, finds: Finds, index: number): boolean {
    const cursor = this.#cursor;
    const seen = this.#seen;
    const { at, out } = cursor;
    cursor.reserve(common.head.length + MAX_ROW);
    if (passEvent(cursor, common, seen) && cursor.out <= cursor.dst.length) {
      finds.onId(cursor.src, seen.id);
      if (seen.userId > 0 && seen.anonymousId > 0) {
        const anonymousId = cursor.text(seen.anonymousId, seen.anonymousId + 36);
        finds.onPair(anonymousId, cursor.text(seen.userId, seen.userIdEnd), seen.occurredAt);
      }
      return true;
    }
    forgetParts();
    cursor.out = out;
    const end = endOfObject(cursor.src, at);
    if (end === -1) throw new SyntaxError("no object");
    cursor.at = end;
    finds.onOther(JSON.parse(cursor.src.toString("utf8", at, end)), index);
    return false;
  }

  #passEnd(): boolean {
    const cursor = this.#cursor;
    if (!cursor.pass(CLOSE_BRACE)) return false;
    while (WHITESPACE.has(cursor.byte)) cursor.at += 1;
    return cursor.at === cursor.src.length;
  }
}

const EMPTY = Buffer.alloc(0);
const WHITESPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

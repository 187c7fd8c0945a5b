import type { Cursor } from "./cursor.js";

/**
 * A part of an event that was read last. The events of a body mostly have the same page and the same
 * context: bytes that stand there once more are written as they were the time before.
 */
export class Memo {
  #start = 0;
  #end = 0;
  #outStart = 0;
  #outEnd = 0;

  /** What was read is no longer in the source, or what was written no longer in the output. */
  forget(): void {
    this.#end = this.#start;
  }

  /** The part from here to the cursor has just been read, and written from there. */
  remember(cursor: Cursor, start: number, outStart: number): void {
    this.#start = start;
    this.#end = cursor.at;
    this.#outStart = outStart;
    this.#outEnd = cursor.out;
  }

  /** Passes the part if it stands under the cursor again. */
  pass(cursor: Cursor): boolean {
    const { src, at } = cursor;
    const start = this.#start;
    const length = this.#end - start;
    if (length === 0) return false;
    for (let n = 0; n < length; n++) if (src[start + n] !== src[at + n]) return false;
    cursor.dst.copyWithin(cursor.out, this.#outStart, this.#outEnd);
    cursor.at = at + length;
    cursor.out += this.#outEnd - this.#outStart;
    return true;
  }
}

/** Segments have 8 MiB, and what the last group brought past that. */
const USUAL = 9 * 1024 * 1024;

/** Buffers kept for the next segments. */
const KEPT = 3;

/**
 * Buffers that serve segment after segment: new ones of this size would stay in memory until the
 * garbage collector looks for them, which it does rarely.
 */
export class Buffers {
  readonly #free: Buffer[] = [];

  /** A buffer of so many bytes at least, whose contents are anything. */
  take(bytes: number): Buffer {
    const place = this.#free.findIndex(({ length }) => length >= bytes);
    const [found] = place === -1 ? [] : this.#free.splice(place, 1);
    return found ?? Buffer.allocUnsafeSlow(Math.max(bytes, USUAL));
  }

  /** Nobody reads it any more. */
  give(buffer: Buffer): void {
    if (buffer.length === USUAL && this.#free.length < KEPT) this.#free.push(buffer);
  }
}

/** Milliseconds past which events do not wait, however many parts ClickHouse has to merge. */
const LONGEST = 8000;

/** What an insert that ClickHouse took leaves of the interval. */
const EASING = 0.9;

/**
 * How long events wait for others, so that inserts are rare and large enough: longer each time that
 * ClickHouse says that it has too many parts to merge, shorter with each insert it takes.
 */
export class Pace {
  #interval: number;

  /** @param base Milliseconds while ClickHouse keeps up. */
  constructor(readonly base: number) {
    this.#interval = base;
  }

  /** Milliseconds. */
  get interval(): number {
    return this.#interval;
  }

  /** Milliseconds to wait before another insert into the same table. */
  get gap(): number {
    return this.#interval > this.base ? this.#interval : 0;
  }

  slower(): void {
    this.#interval = Math.max(this.base, Math.min(LONGEST, this.#interval * 2));
  }

  faster(): void {
    this.#interval = Math.max(this.base, this.#interval * EASING);
  }
}

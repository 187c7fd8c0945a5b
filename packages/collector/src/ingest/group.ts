interface Waiting {
  resolve: () => void;
  reject: (error: unknown) => void;
}

const USUAL = 512 * 1024;

/** A buffer larger than this is let go of once its group is written. */
const KEPT = 4 * 1024 * 1024;

/**
 * Records that share one write and one sync, and who waits for it. Their bytes are copied on arrival
 * into one buffer that serves group after group: a buffer for each request would keep the garbage
 * collector busy with more memory than the collector uses.
 */
export class Group {
  #buffer = Buffer.allocUnsafe(USUAL);
  #waiting: Waiting[] = [];
  length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  /** Takes a copy of the records; the promise is settled with the group. */
  add(records: Buffer): Promise<void> {
    const end = this.length + records.length;
    if (end > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(2 * end);
      this.#buffer.copy(larger, 0, 0, this.length);
      this.#buffer = larger;
    }
    records.copy(this.#buffer, this.length);
    this.length = end;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  /** Tells who waits, and is empty again. */
  settle(error?: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.length = 0;
    if (this.#buffer.length > KEPT) this.#buffer = Buffer.allocUnsafe(USUAL);
    for (const { resolve, reject } of waiting) {
      if (error === undefined) resolve();
      else reject(error);
    }
  }
}

/** Places of the memory, a power of two; each holds the latest ids that belong there. */
const PLACES = 1 << 16;
const IDS_A_PLACE = 8;

/** Two numbers an id. */
const WORDS = 2 * IDS_A_PLACE;

const ID_LENGTH = 36;

/** Makes letters small, and leaves digits and hyphens as they are. */
const SMALL = 0x20202020;

/**
 * The ids of one request, as 64-bit marks of site and id, two numbers each. On the hot path.
 */
export class Marks {
  readonly words: number[] = [];
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The UUID at this place, in capitals or not: its 36 bytes, four at a time. */
  add(bytes: Uint8Array, at: number): void {
    let a = this.#seed;
    let b = ~a;
    for (let n = at, end = at + ID_LENGTH; n < end; n += 4) {
      const word =
        (bytes[n] ?? 0) |
        ((bytes[n + 1] ?? 0) << 8) |
        ((bytes[n + 2] ?? 0) << 16) |
        ((bytes[n + 3] ?? 0) << 24) |
        SMALL;
      a = Math.imul(a ^ word, 0x5bd1e995);
      a ^= a >>> 15;
      b = Math.imul(b ^ word, 0x2c1b3c6d);
      b ^= b >>> 13;
    }
    this.words.push(a, b);
  }
}

/**
 * Counts events that are sent again soon, in a memory of four megabytes: of the latest 130,000 ids
 * of a collector 99.9 % are known, of those past a million hardly any. Two ids are taken for one by
 * chance once in 2⁶⁴.
 */
export class Repeats {
  readonly #words = new Int32Array(PLACES * WORDS);
  /** Of each place, which of its ids goes next. */
  readonly #oldest = new Uint8Array(PLACES);
  readonly #seeds = new Map<string, number>();

  /** For the ids of a request; the sites are few. */
  start(siteId: string): Marks {
    let seed = this.#seeds.get(siteId);
    if (seed === undefined) {
      seed = 0x811c9dc5 | 0;
      for (let n = 0; n < siteId.length; n++)
        seed = Math.imul(seed ^ siteId.charCodeAt(n), 0x01000193);
      this.#seeds.set(siteId, seed);
    }
    return new Marks(seed);
  }

  /** Remembers the ids, and tells how many of them it knew. */
  count({ words }: Marks): number {
    let known = 0;
    for (let n = 0; n < words.length; n += 2) {
      if (this.#seen(words[n] ?? 0, words[n + 1] ?? 0)) known += 1;
    }
    return known;
  }

  #seen(a: number, b: number): boolean {
    const words = this.#words;
    const place = a & (PLACES - 1);
    const start = place * WORDS;
    for (let n = start; n < start + WORDS; n += 2) {
      if (words[n] === a && words[n + 1] === b) return true;
    }
    const oldest = this.#oldest[place] ?? 0;
    words[start + oldest] = a;
    words[start + oldest + 1] = b;
    this.#oldest[place] = (oldest + 2) % WORDS;
    return false;
  }
}

const FIRST_SIZE = 1024;

/**
 * Counts how often each fingerprint has come, in 24 to 48 bytes a distinct one: a `Map` would take
 * several times as much and end at 16 million. Two rows that share a fingerprint are counted
 * together, which does no harm: what matters is that the same file is always counted alike.
 */
export class Occurrences {
  private keys = new Float64Array(FIRST_SIZE);
  private counts = new Uint32Array(FIRST_SIZE);
  private used = 0;

  /** How often `fingerprint`, a whole number from 1 to 2⁵³ - 1, came before this time. */
  add(fingerprint: number): number {
    const place = this.placeOf(fingerprint);
    const before = this.counts[place] ?? 0;
    this.counts[place] = before + 1;
    if (before === 0) {
      this.keys[place] = fingerprint;
      this.used++;
      if (this.used * 2 > this.keys.length) this.grow();
    }
    return before;
  }

  /** Its place, or the free one where it belongs; half of the table is always free. */
  private placeOf(fingerprint: number): number {
    const mask = this.keys.length - 1;
    let place = (fingerprint % 4_294_967_291) & mask;
    while (this.keys[place] !== 0 && this.keys[place] !== fingerprint) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { keys, counts } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.counts = new Uint32Array(keys.length * 2);
    keys.forEach((key, from) => {
      if (key === 0) return;
      const to = this.placeOf(key);
      this.keys[to] = key;
      this.counts[to] = counts[from] ?? 0;
    });
  }
}

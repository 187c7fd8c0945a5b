const COUNTER_MAX = 0xfff;

/** Fills the bytes with random values and gives them back. */
export type Fill = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/**
 * Makes UUIDs of version 7 that only ever grow: within one millisecond, and when the clock is
 * set back, the 12 bits after the time count up (RFC 9562, 6.2, method 1).
 */
export function createUuid(now: () => number, fill: Fill): () => string {
  let time = 0;
  let counter = 0;
  return () => {
    const random = new DataView(fill(new Uint8Array(10)).buffer);
    const at = Math.floor(now());
    if (at > time) {
      time = at;
      // The upper half of the counter stays free, to count in.
      counter = random.getUint16(0) & 0x7ff;
    } else if (++counter > COUNTER_MAX) {
      time++;
      counter = 0;
    }
    const head = hex(time, 12);
    return [
      head.slice(0, 8),
      head.slice(8),
      `7${hex(counter, 3)}`,
      hex((random.getUint16(2) & 0x3fff) | 0x8000, 4),
      hex(random.getUint32(4), 8) + hex(random.getUint16(8), 4),
    ].join("-");
  };
}

/** The epoch milliseconds within a UUID of version 7. */
export function timeOf(uuid: string): number {
  return parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/.test(value);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

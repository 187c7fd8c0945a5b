/**
 * Makes UUIDs of version 7 that only ever grow: within one millisecond, and when the clock is
 * set back, the time in them counts up by one (RFC 9562, 6.2).
 */
export function createUuid(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    const time = last.toString(16).padStart(12, "0");
    // Unlike crypto.randomUUID, there in insecure contexts too.
    const random = crypto.getRandomValues(new Uint8Array(36));
    const digit = (_: string, at: number): string => ((random[at] ?? 0) & 15).toString(16);
    // The variant is 8, of the four that there are: 70 random bits.
    return `${time.replace(/.{8}/, "$&-")}-7xxx-8xxx-xxxxxxxxxxxx`.replace(/x/g, digit);
  };
}

/** The epoch milliseconds within a UUID of version 7. */
export function timeOf(uuid: string): number {
  // Twelve digits, up to the second dash.
  return parseInt(uuid.replace("-", ""), 16);
}

export function isUuid(value: unknown): value is string {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(value));
}

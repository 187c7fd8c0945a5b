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
    const random = crypto.getRandomValues(new Uint8Array(19));
    let at = 0;
    const tail = "7xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) => {
      const bits = Number(random[at++]);
      return (place === "x" ? bits & 15 : (bits & 3) | 8).toString(16);
    });
    return `${time.slice(0, 8)}-${time.slice(8)}-${tail}`;
  };
}

/** The epoch milliseconds within a UUID of version 7. */
export function timeOf(uuid: string): number {
  return parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}

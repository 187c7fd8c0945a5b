/**
 * A query that was not answered. `status` is the HTTP status, or 0 when no answer came at all;
 * `retryAfter` is what the collector asks to wait, in seconds.
 */
export class QueryFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = "QueryFailure";
  }
}

/** Seconds of a `Retry-After` header, given as a number or as a date. */
export function retryAfterSeconds(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

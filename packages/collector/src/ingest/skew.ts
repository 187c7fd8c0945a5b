import { LIMITS } from "@balise/schema";

/** Milliseconds to which a skew is rounded. */
const GRAIN = 10_000;

/**
 * Milliseconds to add to the sender's times. A difference within the dead band may be the network's
 * or a queue's and is left alone; a larger one is the sender's clock. It is rounded to ten seconds,
 * so that an event sent twice, a little slower the second time, has the same moment twice.
 */
export function clockSkew(sentAt: number | null | undefined, receivedAt: number): number {
  if (sentAt === undefined || sentAt === null) return 0;
  const skew = receivedAt - sentAt;
  return Math.abs(skew) > LIMITS.skewDeadBand ? Math.round(skew / GRAIN) * GRAIN : 0;
}

/**
 * The moment of an event in the collector's time, or undefined where it can't be one: before 2000,
 * or further ahead than a clock may reasonably be.
 */
export function correctedTime(
  occurredAt: number,
  skew: number,
  receivedAt: number,
): number | undefined {
  const time = Math.round(occurredAt + skew);
  return time >= EARLIEST && time <= latestTime(receivedAt) ? time : undefined;
}

/** The earliest moment of an event, epoch milliseconds. */
export const EARLIEST = LIMITS.earliestTime;

/** The latest moment that an event may have which was received then. */
export const latestTime = (receivedAt: number): number => receivedAt + LIMITS.futureTolerance;

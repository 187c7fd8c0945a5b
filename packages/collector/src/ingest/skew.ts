import { LIMITS } from "@balise/schema";

/**
 * Milliseconds to add to the sender's times. A difference within the dead band may be the network's
 * or a queue's and is left alone; a larger one is the sender's clock.
 */
export function clockSkew(sentAt: number | undefined, receivedAt: number): number {
  if (sentAt === undefined) return 0;
  const skew = receivedAt - sentAt;
  return Math.abs(skew) > LIMITS.skewDeadBand ? Math.round(skew) : 0;
}

/**
 * The moment of an event in the collector's time, or undefined where it can't be one: before 2000,
 * or further ahead than a clock may reasonably be. A little ahead is drawn back to now.
 */
export function correctedTime(
  occurredAt: number,
  skew: number,
  receivedAt: number,
): number | undefined {
  const time = Math.round(occurredAt + skew);
  if (!(time >= LIMITS.earliestTime && time <= receivedAt + LIMITS.futureTolerance))
    return undefined;
  return time > receivedAt + LIMITS.skewDeadBand ? receivedAt : time;
}

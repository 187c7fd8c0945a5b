import type { RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Milliseconds for which a caller is counted, from the first request on. */
const WINDOW = 60_000;

/** Callers remembered, the latest: some 27 MB. Who is forgotten begins anew. */
export const REMEMBERED = 100_000;

/**
 * So many a minute for each caller. Both answers are the whole seconds after which the caller may
 * come again, or 0.
 */
export interface Rate {
  /** Counts one: may this one still come? */
  take: (request: FastifyRequest) => Promise<number>;
  /** Counts nothing: might another one come? */
  wait: (request: FastifyRequest) => Promise<number>;
}

/** @param app has @fastify/rate-limit. On the hot path. */
export function createRate(
  app: FastifyInstance,
  perMinute: number,
  callerOf: (request: FastifyRequest) => string,
): Rate {
  const options: RateLimitOptions = {
    max: perMinute,
    timeWindow: WINDOW,
    keyGenerator: callerOf,
    cache: REMEMBERED,
  };
  let limit = app.createRateLimit(options);
  const ask = async (request: FastifyRequest, increment: boolean): Promise<Counted> => {
    const counted = await limit(request, { increment });
    if (counted.isAllowed) return NOTHING;
    if (counted.ttl <= 2 * WINDOW) return counted;
    // The clock was set back: nobody is shut out until it has caught up, all begin anew.
    limit = app.createRateLimit(options);
    return ask(request, increment);
  };
  return {
    async take(request) {
      const { isExceeded, ttlInSeconds } = await ask(request, true);
      return isExceeded ? ttlInSeconds : 0;
    },
    async wait(request) {
      const { remaining, ttlInSeconds } = await ask(request, false);
      return remaining === 0 ? ttlInSeconds : 0;
    },
  };
}

interface Counted {
  isExceeded: boolean;
  remaining: number;
  ttlInSeconds: number;
}

/** Of a caller whom the library's list of exceptions names: here there is none. */
const NOTHING: Counted = { isExceeded: false, remaining: 1, ttlInSeconds: 0 };

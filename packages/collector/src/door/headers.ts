import type { FastifyInstance, FastifyReply } from "fastify";

/**
 * Of every answer; routes may say otherwise. By hand rather than by @fastify/helmet, whose defaults
 * are those of a page: here most answers are read by pages of other origins, on a hot path.
 */
const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  // No answer but the console is a page, whatever a browser is made to believe.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
} as const;

/** A year, for this host alone: others below it may not have TLS. */
const TRANSPORT = "max-age=31536000";

/** Sets them before anything can fail, so that errors have them too. */
export function secureHeaders(app: FastifyInstance, proxied: boolean): void {
  app.addHook("onRequest", (request, reply, done) => {
    void reply.headers(HEADERS);
    // The collector itself speaks no TLS: only a proxy that is trusted can have done so.
    if (proxied && request.protocol === "https") {
      void reply.header("strict-transport-security", TRANSPORT);
    }
    done();
  });
}

/** For what pages of other origins load or send to without CORS: the tag, the pixel, beacons. */
export function openToOthers(reply: FastifyReply): FastifyReply {
  return reply.header("cross-origin-resource-policy", "cross-origin");
}

import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

/** Milliseconds between two looks. */
const LOOK = 250;

/**
 * Cuts off the bodies of a scope that do not arrive within so many milliseconds: they hold memory and
 * no events. One look for all of them, since a timer for each would cost more than most requests.
 */
export function cutSlowBodies(scope: FastifyInstance, patience: number): void {
  /** Requests whose body is on its way, and since when. */
  const arriving = new Map<IncomingMessage, number>();
  const look = setInterval(() => {
    const now = performance.now();
    for (const [raw, since] of arriving) {
      if (!raw.destroyed && !raw.complete) {
        // Not the end: those that were refused before their handler are let go of behind it.
        if (now - since < patience) continue;
        raw.destroy();
      }
      arriving.delete(raw);
    }
  }, LOOK);
  look.unref();
  scope.addHook("onClose", (_app, done) => {
    clearInterval(look);
    done();
  });
  scope.addHook("onRequest", ({ raw }, _reply, done) => {
    const { headers } = raw;
    if (headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined)
      arriving.set(raw, performance.now());
    done();
  });
  scope.addHook("preHandler", ({ raw }, _reply, done) => {
    arriving.delete(raw);
    done();
  });
}

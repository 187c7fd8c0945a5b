import type { FastifyInstance, FastifyReply } from "fastify";
import { HttpError } from "../errors.js";

/** What a tag sends is smaller: browsers let no more than 64 KiB go with a page that is left. */
const LARGE = 64 * 1024;

/** Of 2 MiB at most: 128 MiB while they arrive. */
const AT_ONCE = 64;

/** Seconds after which there is room, unless someone holds it on purpose. */
const RETRY = 2;

/**
 * Bounds the memory of bodies that arrive: so many large ones at once, whoever sends them and however
 * slowly. The others are bounded by the number of connections. A chunked body is large once so much
 * of it has come: some proxies send everything in chunks, and slow senders must not keep them out.
 */
export function limitLargeBodies(scope: FastifyInstance): void {
  let open = 0;
  const take = ({ raw }: FastifyReply): void => {
    if (open >= AT_ONCE) {
      throw new HttpError("busy", "too many large bodies are under way: send it again", RETRY);
    }
    open++;
    raw.once("close", () => open--);
  };
  scope.addHook("onRequest", ({ headers }, reply, done) => {
    if (Number(headers["content-length"] ?? 0) > LARGE) take(reply);
    done();
  });
  scope.addHook("preParsing", ({ headers }, reply, payload, done) => {
    // The parser listens from here on: nothing flows before the listener below is added too.
    done(null, payload);
    if (headers["transfer-encoding"] === undefined) return;
    let length = 0;
    const count = (bytes: Buffer): void => {
      length += bytes.length;
      if (length <= LARGE) return;
      payload.off("data", count);
      try {
        take(reply);
      } catch (error) {
        payload.emit("error", error);
      }
    };
    payload.on("data", count);
  });
}

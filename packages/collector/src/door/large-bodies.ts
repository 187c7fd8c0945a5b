import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import { HttpError } from "../errors.js";

/** What a tag sends is smaller: browsers let no more than 64 KiB go with a page that is left. */
const LARGE = 64 * 1024;

/** Of 2 MiB at most: 128 MiB while they arrive. */
const AT_ONCE = 64;

/** Seconds after which there is room, unless someone holds it on purpose. */
const RETRY = 2;

/**
 * Bounds the memory of bodies that arrive: so many large ones at once, whoever sends them and however
 * slowly. The others are bounded by the number of connections.
 */
export function limitLargeBodies() {
  let open = 0;
  return (
    { headers }: FastifyRequest,
    { raw }: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void => {
    // Of a chunked body nobody knows.
    const length =
      headers["transfer-encoding"] === undefined ? headers["content-length"] : LARGE + 1;
    if (Number(length ?? 0) <= LARGE) return done();
    if (open >= AT_ONCE) {
      throw new HttpError("busy", "too many large bodies are under way: send it again", RETRY);
    }
    open++;
    raw.once("close", () => open--);
    done();
  };
}

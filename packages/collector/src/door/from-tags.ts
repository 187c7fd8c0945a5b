import type { FastifyInstance } from "fastify";
import type { Doorkeeper } from "./doorkeeper.js";
import { openToOthers } from "./headers.js";
import { keyOfAddress } from "./write-key.js";

/**
 * For what tags send: pages of other origins may, as `text/plain`, which asks for no preflight; bodies come
 * as they are, and a key in the address is looked at before them.
 */
export function fromTags(app: FastifyInstance, door: Doorkeeper): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/json", "text/plain"],
    { parseAs: "buffer" },
    (_request, body, done) => done(null, body),
  );
  app.addHook("onRequest", async (request, reply) => {
    openToOthers(reply);
    const key = keyOfAddress(request);
    if (key !== undefined) await door.admit(request, key);
  });
}

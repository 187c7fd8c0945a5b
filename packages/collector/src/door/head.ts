import type { FastifyInstance } from "fastify";
import { HttpError } from "../errors.js";

/**
 * What Node would answer without a word, or take: a request of HTTP/1.1 that names no host, or of
 * another HTTP, is refused in the words of the table. An expectation that is not known is passed
 * over, as RFC 9110 (10.1.1) allows.
 */
export function readHeads(app: FastifyInstance): void {
  app.addHook("onRequest", ({ raw }, _reply, done) => {
    const { headers, httpVersion } = raw;
    if (httpVersion !== "1.1" && httpVersion !== "1.0") {
      throw new HttpError("malformed_request", `HTTP/${httpVersion} is not spoken: send HTTP/1.1`);
    }
    if (headers.host === undefined && httpVersion === "1.1") {
      throw new HttpError("malformed_request", "the request has no Host header: send one");
    }
    done();
  });
  app.server.on("checkExpectation", (request, response) => {
    app.server.emit("request", request, response);
  });
}

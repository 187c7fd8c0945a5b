import fc from "fast-check";
import { validBatch } from "../bodies/batch.js";
import type { Input, Request } from "../input.js";
import { batchHead, bytes, inPackets } from "./raw.js";

/** In the middle of a pipeline: refused by a route, after which the others are read on. */
const REFUSED = [
  "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
  'POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n\r\n{"writeKey":""}',
  "POST /v1/query/funnel HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
  "DELETE /v1/batch HTTP/1.1\r\nHost: x\r\n\r\n",
];
/** No HTTP: nothing after it is read. */
const BROKEN = [
  "\u0000\u0000\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: x\r\nX\r\n\r\n",
  "5\r\nhello\r\n0\r\n\r\n",
];

/** Ends a pipeline, so that its sender knows when to stop waiting. */
export const LAST = "GET /v1/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/** Many requests in one write, valid ones before a bad one and more after it. */
export function pipelines(writeKey: string): fc.Arbitrary<Input> {
  const batches = fc.array(validBatch(writeKey), { minLength: 1, maxLength: 12 });
  const soft = fc
    .tuple(batches, fc.constantFrom(...REFUSED), batches)
    .map(([before, bad, after]) => ({
      ...pipeline([...before.map(requestOf), bytes(bad), ...after.map(requestOf), bytes(LAST)]),
      requests: [
        ...before.map(carrying),
        { method: "POST" },
        ...after.map(carrying),
        { method: "GET" },
      ],
      valid: before.length,
    }));
  const hard = fc
    .tuple(batches, fc.constantFrom(...BROKEN), batches)
    .map(([before, bad, after]) => ({
      ...pipeline([...before.map(requestOf), bytes(bad), ...after.map(requestOf)]),
      requests: before.map(carrying),
      valid: before.length,
    }));
  return inPackets(fc.oneof(soft, hard));
}

function pipeline(requests: readonly Buffer[]): Pick<Input, "parts" | "ending" | "answered"> {
  return { parts: [Buffer.concat(requests)], ending: "wait", answered: true };
}

export function requestOf(body: Buffer): Buffer {
  return Buffer.concat([bytes(batchHead(`Content-Length: ${body.length}`)), body]);
}

export function carrying(body: Buffer): Request {
  return { method: "POST", carried: { door: "batch", bytes: body } };
}

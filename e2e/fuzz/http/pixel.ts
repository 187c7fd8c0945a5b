import fc from "fast-check";
import { anyEvent } from "../bodies/event.js";
import { mutated } from "../bodies/mutate.js";
import { type Input, single } from "../input.js";
import { hostileHeaders } from "./headers.js";
import { CLOSE, httpRequest } from "./write.js";

/** Node takes 16 KiB of headers, the address among them. */
const LONGEST = 12_000;

/** `GET /v1/pixel.gif` with one event in its address. */
export function pixels(writeKey: string): fc.Arbitrary<Input> {
  const events = mutated(anyEvent.map((text) => Buffer.from(text)))
    .map((bytes) => bytes.toString("base64url"))
    .filter((text) => text.length < LONGEST);
  const queries = fc.oneof(
    { weight: 9, arbitrary: events.map((event) => ({ event, query: `k=${writeKey}&e=${event}` })) },
    events.map((event) => ({ event, query: `e=${event}&e=${event}&k=${writeKey}` })),
    events.map((event) => ({ event, query: `k=${writeKey}&e=${event}%00%` })),
  );
  const methods = fc.oneof({ weight: 9, arbitrary: fc.constant("GET") }, fc.constant("HEAD"));
  return fc.tuple(queries, methods, hostileHeaders).map(([{ event, query }, method, headers]) => {
    // Who asks for the head alone has opened nothing.
    const kept = method === "GET" ? { carried: { door: "pixel" as const, event } } : {};
    return single({ method, ...kept }, [
      httpRequest(method, `/v1/pixel.gif?${query}`, [CLOSE, ...headers]),
    ]);
  });
}

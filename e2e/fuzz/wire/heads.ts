import fc from "fast-check";
import { validBatch } from "../bodies/batch.js";
import type { Input } from "../input.js";
import { batchHead, inPackets, refused } from "./raw.js";

const BAD_LINES = [
  "X-Odd: a\u0000b",
  "X-Odd: a\nX: b",
  "X-Odd: a\rX: b",
  "X-Odd: a\r\n folded",
  "X-Odd: a\u007fb",
  "X-Odd: \u0001",
  "X Odd: a",
  "X\u0000Odd: a",
  "X-Odd\u00e9: a",
  ": nameless",
  "colonless",
  "\u0000",
  "\r",
  "(x): a",
];
const BAD_STARTS = [
  "POST /v1/batch HTTP/1.1 ",
  "POST /v1/batch HTTP/1.2x",
  "POST /v1/batch HTTP/9.9",
  "POST /v1/batch http/1.1",
  "POST /v1/batch HTTP/1.1\u0000",
  "POST /v1/b\u0000atch HTTP/1.1",
  "POST\t/v1/batch\tHTTP/1.1",
  "POST /v1/batch\nHTTP/1.1",
  "POST /v1/batch",
  "post /v1/batch HTTP/1.1",
  "POSTS /v1/batch HTTP/1.1",
  " POST /v1/batch HTTP/1.1",
  "\u00ff\u00fe /v1/batch HTTP/1.1",
  "POST /v1/b\u009b31m HTTP/1.1",
  "POST v1/batch HTTP/1.1",
  `POST /${"a".repeat(90_000)} HTTP/1.1`,
];

/** Heads that a strict reader refuses, with a batch behind them that nobody may keep. */
export function badHeads(writeKey: string): fc.Arbitrary<Input> {
  const line = fc
    .tuple(validBatch(writeKey), fc.constantFrom(...BAD_LINES), fc.boolean())
    .map(([body, bad, first]) => {
      const length = `Content-Length: ${body.length}`;
      return refused(first ? batchHead(bad, length) : batchHead(length, bad), body);
    });
  const start = fc
    .tuple(validBatch(writeKey), fc.constantFrom(...BAD_STARTS))
    .map(([body, bad]) => {
      const head = batchHead(`Content-Length: ${body.length}`);
      return refused(head.replace("POST /v1/batch HTTP/1.1", bad), body);
    });
  const hostless = validBatch(writeKey).map((body) => {
    const head = batchHead(`Content-Length: ${body.length}`);
    return refused(head.replace("Host: x\r\n", ""), body);
  });
  return inPackets(
    fc.oneof({ weight: 8, arbitrary: line }, { weight: 8, arbitrary: start }, hostless),
  );
}

/** Headers without end: one of up to megabytes, or thousands of them. */
export function endlessHeads(writeKey: string): fc.Arbitrary<Input> {
  const long = fc
    .tuple(validBatch(writeKey), fc.integer({ min: 17_000, max: 3_000_000 }))
    .map(([body, length]) =>
      refused(batchHead(`X: ${"a".repeat(length)}`, `Content-Length: ${body.length}`), body),
    );
  const many = fc
    .tuple(validBatch(writeKey), fc.integer({ min: 3000, max: 20_000 }))
    .map(([body, count]) => {
      const lines = Array.from({ length: count }, (_, place) => `X${place}: 1`);
      return refused(batchHead(...lines, `Content-Length: ${body.length}`), body);
    });
  return fc.oneof(long, many);
}

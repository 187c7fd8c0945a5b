import fc from "fast-check";
import { validBatch } from "../bodies/batch.js";
import type { Input } from "../input.js";
import { carrying, LAST } from "./pipelines.js";
import { batchHead, bytes, inPackets, refused } from "./raw.js";

const HEAD = batchHead("Transfer-Encoding: chunked");

/** Sizes that are none, or not this one. */
const BAD_SIZES = [
  (size: string) => `+${size}`,
  (size: string) => `-${size}`,
  (size: string) => `0x${size}`,
  (size: string) => ` ${size}`,
  (size: string) => `${size}g`,
  (size: string) => `${size}\u0000`,
  (size: string) => `${size}_0`,
  (size: string) => `1${"0".repeat(15)}${size}`,
  (size: string) => "f".repeat(16) + size,
  (size: string) => `${size}.0`,
  () => "",
  () => "\r\n",
  () => "-1",
];
const BAD_ENDS = ["\n", "\r", "\n\r", "\r\r\n", " \n", ";\n", '; a="\n"', "\u0000\r\n"];

/** Chunked batches that a strict reader refuses: nothing of them may be kept. */
export function badChunks(writeKey: string): fc.Arbitrary<Input> {
  const sized = (body: Buffer): string => body.length.toString(16);
  const size = fc
    .tuple(validBatch(writeKey), fc.constantFrom(...BAD_SIZES))
    .map(([body, spoil]) => refused(HEAD, `${spoil(sized(body))}\r\n`, body, "\r\n0\r\n\r\n"));
  const lineEnd = fc
    .tuple(validBatch(writeKey), fc.constantFrom(...BAD_ENDS))
    .map(([body, end]) => refused(HEAD, `${sized(body)}${end}`, body, "\r\n0\r\n\r\n"));
  const chunkEnd = fc
    .tuple(validBatch(writeKey), fc.constantFrom("", "\n", "\r", "x\r\n", "XX"))
    .map(([body, end]) => refused(HEAD, `${sized(body)}\r\n`, body, `${end}0\r\n\r\n`));
  const wrong = fc
    .tuple(validBatch(writeKey), fc.integer({ min: 1, max: 40 }))
    .map(([body, less]) =>
      refused(HEAD, `${(body.length - less).toString(16)}\r\n`, body, "\r\n0\r\n\r\n"),
    );
  const endless = fc
    .tuple(validBatch(writeKey), fc.integer({ min: 16_500, max: 200_000 }))
    .map(([body, length]) =>
      refused(HEAD, `${sized(body)};${"a".repeat(length)}\r\n`, body, "\r\n0\r\n\r\n"),
    );
  const unfinished = validBatch(writeKey).map((body) =>
    refused(HEAD, `${sized(body)}\r\n`, body, "\r\n"),
  );
  const trailer = fc
    .tuple(validBatch(writeKey), fc.constantFrom("X\u0000: 1", "Content-Length: 3", "X"))
    .map(([body, line]) => refused(HEAD, `${sized(body)}\r\n`, body, `\r\n0\r\n${line}\r\n\r\n`));
  return inPackets(fc.oneof(size, lineEnd, chunkEnd, wrong, endless, unfinished, trailer));
}

/** Chunked batches in odd but rightful pieces, each with an answer; what follows the last is refused. */
export function oddChunks(writeKey: string): fc.Arbitrary<Input> {
  return inPackets(
    fc
      .record({
        body: validBatch(writeKey),
        length: fc.integer({ min: 1, max: 90 }),
        extension: fc.constantFrom("", ";a", ";a=b", ';a="b;c"', ";a=b;c=d"),
        zeros: fc.constantFrom("", "00", "0000000"),
        trailer: fc.constantFrom("", "X-Trailer: 1\r\n"),
        after: fc.constantFrom(LAST, "5\r\nafter\r\n0\r\n\r\n", "\u0000\u0000", "GARBAGE\r\n\r\n"),
      })
      .map(({ body, length, extension, zeros, trailer, after }) => {
        const chunks: Buffer[] = [];
        for (let at = 0; at < body.length; at += length) {
          const piece = body.subarray(at, at + length);
          const size = piece.length.toString(16);
          chunks.push(bytes(`${zeros}${size}${extension}\r\n`), piece, bytes("\r\n"));
        }
        const end = bytes(`0\r\n${trailer}\r\n${after}`);
        return {
          parts: [Buffer.concat([bytes(HEAD), ...chunks, end])],
          ending: "wait",
          requests: [carrying(body), ...(after === LAST ? [{ method: "GET" }] : [])],
          valid: 1,
          answered: true,
        };
      }),
  );
}

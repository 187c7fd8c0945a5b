import fc from "fast-check";
import type { Input } from "../input.js";

/** Bytes of Latin-1 text: one byte a character. */
export const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** What is no request at all: it may only be refused, or left without an answer. */
export function refused(...parts: readonly (Buffer | string)[]): Input {
  return {
    parts: parts.map((part) => (typeof part === "string" ? bytes(part) : part)),
    ending: "wait",
    requests: [],
    valid: 0,
    answered: false,
  };
}

/** The same bytes in up to four packets, cut anywhere. */
export function inPackets(inputs: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 });
  return fc.tuple(inputs, cuts).map(([input, shares]) => {
    const whole = Buffer.concat(input.parts);
    const places = shares
      .map((share) => Math.floor(share * whole.length))
      .toSorted((a, b) => a - b);
    const starts = [0, ...places];
    return { ...input, parts: starts.map((from, at) => whole.subarray(from, starts[at + 1])) };
  });
}

export const batchHead = (...lines: readonly string[]): string =>
  ["POST /v1/batch HTTP/1.1", "Host: x", "Content-Type: application/json", ...lines, "", ""].join(
    "\r\n",
  );

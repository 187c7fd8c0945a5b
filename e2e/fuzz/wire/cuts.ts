import fc from "fast-check";
import { validBatch } from "../bodies/batch.js";
import type { Input } from "../input.js";
import { batchHead, bytes, inPackets, refused } from "./raw.js";
import { carrying, requestOf } from "./pipelines.js";

const endings = fc.constantFrom("half-close", "reset", "wait");

/** Requests that stop in the middle: nothing of them may be kept. */
export function cutOff(writeKey: string): fc.Arbitrary<Input> {
  return inPackets(
    fc
      .tuple(validBatch(writeKey), fc.double({ min: 0, max: 1, noNaN: true }), endings)
      .map(([body, share, ending]) => {
        const whole = requestOf(body);
        const end = Math.min(Math.floor(share * whole.length), whole.length - 1);
        return { ...refused(whole.subarray(0, end)), ending };
      }),
  );
}

/** Whole requests whose sender leaves at once, or asks before it sends: kept or not, never in part. */
export function leaving(writeKey: string): fc.Arbitrary<Input> {
  return fc.tuple(validBatch(writeKey), endings, fc.boolean()).map(([body, ending, asks]) => {
    const head = batchHead(`Content-Length: ${body.length}`, "Expect: 100-continue");
    const parts = asks ? [bytes(head), body] : [requestOf(body)];
    return { parts, ending, requests: [carrying(body)], valid: 0, answered: false };
  });
}

/** Bodies longer than they say: the rest is read as the next request, which it is not. */
export function overlong(writeKey: string): fc.Arbitrary<Input> {
  return inPackets(
    fc.tuple(validBatch(writeKey), fc.integer({ min: 1, max: 60 })).map(([body, less]) => ({
      ...refused(batchHead(`Content-Length: ${body.length - less}`), body),
      // The part of a batch is a request, and an answer to it says that it is no JSON.
      requests: [{ method: "POST" }],
    })),
  );
}

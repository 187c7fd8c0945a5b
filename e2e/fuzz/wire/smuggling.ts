import fc from "fast-check";
import { validBatch } from "../bodies/batch.js";
import type { Input } from "../input.js";
import { batchHead, bytes, inPackets, refused } from "./raw.js";

/** Two opinions of where the body ends. A reader that takes either lets a request through. */
const FRAMINGS = [
  ["Content-Length: LENGTH", "Transfer-Encoding: chunked"],
  ["Transfer-Encoding: chunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
  ["Transfer-Encoding: identity", "Content-Length: LENGTH"],
  ["Transfer-Encoding: xchunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding: chunked, identity", "Content-Length: LENGTH"],
  ["Transfer-Encoding : chunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding: chunked\u000b", "Content-Length: LENGTH"],
  ["Transfer-Encoding:\u000bchunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding: \u0000chunked", "Content-Length: LENGTH"],
  ["X: y\nTransfer-Encoding: chunked", "Content-Length: LENGTH"],
  ["X: y\rTransfer-Encoding: chunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding:\r\n chunked", "Content-Length: LENGTH"],
  [" Transfer-Encoding: chunked", "Content-Length: LENGTH"],
  ["Transfer-Encoding: chunked", "Content-Length : LENGTH"],
  ["Content-Length: LENGTH", "Content-Length: 0"],
  ["Content-Length: 0", "Content-Length: LENGTH"],
  ["Content-Length: LENGTH", "Content-Length: LENGTH"],
  ["Content-Length: 0, LENGTH"],
  ["Content-Length: LENGTH, LENGTH"],
  ["Content-Length : LENGTH"],
  ["Content-Length: +LENGTH"],
  ["Content-Length: -LENGTH"],
  ["Content-Length: 0xLENGTH"],
  ["Content-Length: LENGTH.0"],
  ["Content-Length: 1 2"],
  ["Content-Length:\u0000 LENGTH"],
  ["Content-Length: 18446744073709551617"],
  ["Content-Length: \r\n LENGTH"],
  ["Content-Length"],
  [": LENGTH"],
] as const;

/** A batch whose length is said in two ways, with a second request hidden in the difference. */
export function smuggled(writeKey: string): fc.Arbitrary<Input> {
  return inPackets(
    fc
      .tuple(fc.constantFrom(...FRAMINGS), validBatch(writeKey), validBatch(writeKey), fc.boolean())
      .map(([framing, outer, hidden, chunked]) => {
        const inner = Buffer.concat([bytes(batchHead(`Content-Length: ${hidden.length}`)), hidden]);
        const first = chunked
          ? Buffer.concat([
              bytes(`${outer.length.toString(16)}\r\n`),
              outer,
              bytes("\r\n0\r\n\r\n"),
            ])
          : outer;
        const length = String(chunked ? first.length : outer.length);
        const head = batchHead(...framing.map((line) => line.replaceAll("LENGTH", length)));
        return refused(head, first, inner);
      }),
  );
}

import fc from "fast-check";
import { anyEvent } from "../bodies/event.js";
import { gzipped } from "../bodies/gzip.js";
import { mutated } from "../bodies/mutate.js";
import { type Input, single } from "../input.js";
import { CLOSE, type Header, httpRequest } from "./write.js";

const lines = fc.oneof(
  { weight: 12, arbitrary: anyEvent },
  fc.constantFrom("", "\r", " ", "\u0000"),
);

/** `POST /v1/import` of lines that are events, and of others; with the right key, or another. */
export function imports(secretKey: string, writeKey: string): fc.Arbitrary<Input> {
  const plain = mutated(
    fc.array(lines, { maxLength: 8 }).map((list) => Buffer.from(list.join("\n"))),
  );
  const bodies = fc.oneof(
    { weight: 3, arbitrary: plain.map((bytes) => ({ bytes, encoding: undefined })) },
    gzipped(plain).map((bytes) => ({ bytes, encoding: "gzip" })),
  );
  const keys = fc.oneof(
    { weight: 9, arbitrary: fc.constant(secretKey) },
    fc.constantFrom(writeKey, "", `${secretKey} `, `${secretKey}x`, secretKey.slice(1)),
  );
  return fc.tuple(bodies, keys).map(([{ bytes, encoding }, key]) => {
    const headers: Header[] = [CLOSE, ["Authorization", `Bearer ${key}`]];
    if (encoding !== undefined) headers.push(["Content-Encoding", encoding]);
    return single({ method: "POST", carried: { door: "import", bytes, encoding } }, [
      httpRequest("POST", "/v1/import", headers, bytes),
    ]);
  });
}

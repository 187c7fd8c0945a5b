import fc from "fast-check";
import { hostileBatch } from "../bodies/batch.js";
import { gzipped } from "../bodies/gzip.js";
import { type Input, single } from "../input.js";
import { contentEncoding, contentType, hostileHeaders } from "./headers.js";
import { CLOSE, type Header, httpRequest, JSON_TYPE } from "./write.js";

const addresses = (writeKey: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant("/v1/batch") },
    fc.constantFrom(`/v1/batch?k=${writeKey}`, "/v1/batch?k=", "/v1/batch?k=x&k=y", "/v1/batch?%"),
  );

/** A batch as it is. */
export function plainBatches(writeKey: string): fc.Arbitrary<Input> {
  return fc
    .tuple(addresses(writeKey), hostileHeaders, types, hostileBatch(writeKey))
    .map(([address, headers, type, body]) => request(address, [...headers, type], body));
}

/** A compressed one, whether its header says so or not, or one that says so alone. */
export function compressedBatches(writeKey: string): fc.Arbitrary<Input> {
  const encodings = fc.oneof(
    { weight: 6, arbitrary: fc.constant("gzip") },
    { weight: 4, arbitrary: fc.constant(undefined) },
    contentEncoding,
  );
  return fc
    .tuple(addresses(writeKey), encodings, gzipped(hostileBatch(writeKey)))
    .map(([address, encoding, body]) => {
      const named: Header[] = encoding === undefined ? [] : [["Content-Encoding", encoding]];
      return request(address, [JSON_TYPE, ...named], body, encoding);
    });
}

const types = fc.oneof(
  { weight: 9, arbitrary: fc.constant(JSON_TYPE) },
  contentType.map((type): Header => ["Content-Type", type]),
);

function request(
  address: string,
  headers: readonly Header[],
  bytes: Buffer,
  encoding?: string,
): Input {
  const parts = [httpRequest("POST", address, [CLOSE, ...headers], bytes)];
  const plain = encoding === undefined || encoding === "";
  return single(
    {
      method: "POST",
      carried: { door: "batch", bytes, encoding: plain ? undefined : encoding.toLowerCase() },
    },
    parts,
  );
}

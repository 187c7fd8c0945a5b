import fc from "fast-check";
import { hostileJson, hugeJson } from "../bodies/json.js";
import { type Input, single } from "../input.js";
import { CLOSE, httpRequest, JSON_TYPE } from "./write.js";

/** `POST` and `GET /v1/erase` that erase nobody: persons that cannot be, and keys that are wrong. */
export function erasures(secretKey: string, readKey: string): fc.Arbitrary<Input> {
  const bodies = fc.oneof(
    hostileJson.map((value) => `{"userId":"x","user":${value}}`),
    hostileJson.map((value) => `{"anonymousId":[${value}]}`),
    hugeJson,
    fc.constantFrom("{}", "[]", "null", '{"userId":""}', '{"__proto__":{"userId":"x"}}'),
  );
  const posted = bodies.map((text) =>
    httpRequest("POST", "/v1/erase", [CLOSE, JSON_TYPE, bearer(secretKey)], Buffer.from(text)),
  );
  const wrong = fc
    .constantFrom(readKey, "", "x")
    .map((key) =>
      httpRequest(
        "POST",
        "/v1/erase",
        [CLOSE, JSON_TYPE, bearer(key)],
        Buffer.from('{"userId":"x"}'),
      ),
    );
  const looked = fc
    .oneof(fc.uuid(), fc.constantFrom("..%2f..%2fkeys", "__proto__", "%00", "*", "%F0%9F"))
    .map((id) => httpRequest("GET", `/v1/erase/${id}`, [CLOSE, bearer(secretKey)]));
  return fc
    .oneof({ weight: 3, arbitrary: posted }, wrong, looked)
    .map((bytes) => single({ method: "POST" }, [bytes]));
}

function bearer(key: string): readonly [string, string] {
  return ["Authorization", `Bearer ${key}`];
}

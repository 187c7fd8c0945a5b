import fc from "fast-check";
import { hostileText } from "../bodies/json.js";
import { type Input, single } from "../input.js";
import { contentEncoding, contentType, hostileHeaders } from "./headers.js";
import { CLOSE, type Header, httpRequest } from "./write.js";

const PATHS = [
  "/",
  "/index.html",
  "/main.js",
  "/v1/batch",
  "/v1/pixel.gif",
  "/v1/import",
  "/v1/config",
  "/v1/query",
  "/v1/query/funnel",
  "/v1/erase",
  "/v1/balise.js",
  "/v1/balise.0.1.0.js",
  "/v1/health/live",
  "/v1/health/ready",
  "/metrics",
  "//",
  "/..%2f..%2fpackage.json",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/..\\..\\package.json",
  "/.tsbuildinfo",
  "/%00",
  "/%E0%A4%A",
  "/v1//batch",
  "/V1/BATCH",
  "/v1/batch/",
  "/v1/batch;x=1",
  "http://evil.example/v1/health/live",
  "*",
  "?",
];
const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "PURGE",
  "QUERY",
  "M-SEARCH",
];

const paths = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PATHS) },
  hostileText.map((text) => `/${encodeURIComponent(text.toWellFormed()).slice(0, 9000)}`),
  fc.stringMatching(/^[!-~]{0,60}$/).map((text) => `/${text}`),
);
const queries = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  fc.constantFrom("?", "?k", "?k[]=1", "?k=%", "?__proto__[k]=1", `?${"a=1&".repeat(2000)}`),
  fc.stringMatching(/^[!-~]{0,60}$/).map((text) => `?${text}`),
);

/** Any method at any address, with any headers and a body of anything; no right key. */
export const anything: fc.Arbitrary<Input> = fc
  .record({
    method: fc.constantFrom(...METHODS),
    path: paths,
    query: queries,
    headers: hostileHeaders,
    type: contentType,
    encoding: fc.oneof({ weight: 6, arbitrary: fc.constant("") }, contentEncoding),
    key: fc.constantFrom("Bearer x", "Bearer", "Basic Og==", `Bearer ${"x".repeat(9000)}`, ""),
    body: fc.oneof(
      fc.constant(Buffer.alloc(0)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
  })
  .map(({ method, path, query, headers, type, encoding, key, body }) => {
    const more: Header[] = [
      ["Content-Type", type],
      ["Content-Encoding", encoding],
      ["Authorization", key],
    ];
    const said = more.filter(([, value]) => value !== "");
    return single({ method }, [
      httpRequest(method, `${path}${query}`, [CLOSE, ...headers, ...said], body),
    ]);
  });

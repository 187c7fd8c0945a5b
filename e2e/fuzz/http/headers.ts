import fc from "fast-check";
import type { Header } from "./write.js";

/** What a header may hold by its grammar: printable, tab, and bytes past ASCII. */
const value = fc.oneof(
  fc
    .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f))),
  fc.integer({ min: 100, max: 9000 }).map((length) => "a".repeat(length)),
  fc.constantFrom("", "null", "\t", '"', "*", "../..", "__proto__", "0", "-1", "9".repeat(40)),
);

const KNOWN: Record<string, readonly string[]> = {
  Origin: ["null", "https://", "https://shop.example.evil.example", "file://", "http://[::1", "*"],
  "X-Forwarded-For": [
    "203.0.113.7",
    "1.2.3.4, 5.6.7.8",
    "::1",
    "unknown",
    "1.2.3.4:99",
    "999.1.1.1",
    ",,,,",
    "2001:db8::1%eth0",
    "1, ".repeat(900),
  ],
  "X-Forwarded-Proto": ["https", "javascript:", "https,http"],
  "X-Forwarded-Host": ["evil.example", "a\tb"],
  Forwarded: ["for=1.2.3.4;proto=https"],
  "User-Agent": [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
    "Googlebot/2.1",
    `Mozilla/5.0 (${"Windows NT ".repeat(600)}`,
    "(".repeat(3000),
    `Mozilla/5.0 ${"AppleWebKit/".repeat(500)}`,
  ],
  "Sec-CH-UA": ['"Chromium";v="120", "Not A(Brand";v="8"', '"'.repeat(3000), '";v='.repeat(900)],
  "Sec-CH-UA-Platform": ['"Windows"', '"\\"\\"', "?"],
  "Sec-CH-UA-Platform-Version": ['"15.0.0"', '"."', '"9999999999999"'],
  "Sec-CH-UA-Mobile": ["?1", "?", "yes"],
  "Sec-CH-UA-Full-Version-List": ['"Chromium";v="120.0.1.2"', ",".repeat(4000)],
  "Accept-Encoding": ["br;q=1.0, gzip;q=x", "*;q=0", "gzip,".repeat(700)],
  "Accept-Language": ["fr-CH;q=", "*"],
  Range: ["bytes=0-1", "bytes=5-1", "bytes=-", "bytes=0-0,1-1,2-2", "bytes=99999999-", "x=1-2"],
  "If-None-Match": ["*", '"x"', 'W/"'],
  "If-Match": ['"x"', "*"],
  "If-Modified-Since": ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"],
  "If-Unmodified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", "x"],
  "Access-Control-Request-Method": ["POST", "DELETE", "x"],
  "Access-Control-Request-Headers": ["content-type", "x".repeat(2000), ",,,"],
  "Access-Control-Request-Private-Network": ["true"],
  Cookie: ["a=b", "__proto__=1"],
  Expect: ["100-continue", "200-ok", "x"],
  Upgrade: ["websocket", "h2c"],
  "HTTP2-Settings": ["AAMAAABkAAQAAP__"],
  TE: ["trailers", "chunked"],
  Trailer: ["Content-Length"],
  "Max-Forwards": ["0"],
  "X-HTTP-Method-Override": ["DELETE"],
  "X-Original-URL": ["/v1/erase"],
  ["__proto__"]: ["1"],
  constructor: ["1"],
};

const known = fc
  .constantFrom(...Object.keys(KNOWN))
  .chain((name) =>
    fc
      .oneof({ weight: 3, arbitrary: fc.constantFrom(...(KNOWN[name] ?? [""])) }, value)
      .map((text): Header => [name, text]),
  );
const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
/** These say where a message ends: they have inputs of their own. */
const FRAMING = /^(content-length|transfer-encoding|connection|host)$/i;
const unknown = fc
  .tuple(token, value)
  .filter(([name]) => !FRAMING.test(name))
  .map(([name, text]): Header => [name, text]);

/** Headers that a server may read, with values that it may not expect. */
export const hostileHeaders = fc.array(fc.oneof({ weight: 8, arbitrary: known }, unknown), {
  maxLength: 4,
});

export const contentType = fc.constantFrom(
  "application/json",
  "text/plain",
  "text/plain;charset=UTF-8",
  "application/json; charset=utf-16",
  "APPLICATION/JSON",
  "application/x-ndjson",
  "multipart/form-data; boundary=x",
  "application/xml",
  "*/*",
  "json",
  "application/json;".repeat(200),
  "",
);

export const contentEncoding = fc.constantFrom(
  "gzip",
  "GZIP",
  "x-gzip",
  "br",
  "gzip, gzip",
  "a",
  "",
);

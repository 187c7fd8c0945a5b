import fc from "fast-check";
import { type Input, single } from "../input.js";
import { bytes, inPackets, refused } from "./raw.js";

/** The first bytes of a TLS handshake, as a browser that is told `https://` sends them. */
const TLS_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003";
const HTTP2 =
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000";
const OTHERS = [
  TLS_HELLO,
  HTTP2,
  "GET /\r\n",
  "GET / HTTP/0.9\r\n\r\n",
  "SSH-2.0-OpenSSH_9.6\r\n",
  "EHLO x\r\nMAIL FROM:<a@b.c>\r\n",
  "*1\r\n$4\r\nPING\r\n",
  "\u0005\u0001\u0000",
  "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
  "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n",
  "RTSP/1.0 200 OK\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
  "\r\n".repeat(3000),
];

/** Other protocols, and bytes of none. */
export const foreign: fc.Arbitrary<Input> = inPackets(
  fc.oneof(
    fc.constantFrom(...OTHERS).map((text) => refused(text)),
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((some) => refused(Buffer.from(some))),
    fc
      .tuple(
        fc.constantFrom(TLS_HELLO, HTTP2),
        fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some)),
      )
      .map(([start, some]) => refused(start, some)),
  ),
);

/** A wish for another protocol, of which HTTP lets a server take no notice. */
export const upgrades: fc.Arbitrary<Input> = fc
  .tuple(
    fc.constantFrom("websocket", "h2c", "TLS/1.2", "a, b"),
    fc.constantFrom("/v1/health/live", "/", "/v1/batch"),
  )
  .map(([protocol, path]) =>
    single({ method: "GET" }, [
      bytes(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAAQ\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      ),
    ]),
  );

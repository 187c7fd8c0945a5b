import type { Buffer as Bytes } from "node:buffer";

export type Header = readonly [name: string, value: string];

/** A request as bytes: each character of the head is one byte. */
export function httpRequest(
  method: string,
  address: string,
  headers: readonly Header[],
  body: Bytes = Buffer.alloc(0),
): Buffer {
  const length: Header[] = body.length > 0 ? [["Content-Length", String(body.length)]] : [];
  const all: Header[] = [["Host", "collector.example"], ...headers, ...length];
  const lines = all.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${address} HTTP/1.1`, ...lines, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

export const CLOSE: Header = ["Connection", "close"];
export const JSON_TYPE: Header = ["Content-Type", "application/json"];

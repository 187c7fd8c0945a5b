import type { Request } from "./input.js";

export interface Answer {
  status: number;
  /** Names in small letters. */
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

export interface Read {
  answers: Answer[];
  /** Why the rest is no answer; undefined when nothing is left over. */
  broken?: string;
}

/** Reads all that a connection has answered, as strictly as a proxy would. */
export function readAnswers(bytes: Buffer, requests: readonly Request[]): Read {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end === -1) return { answers, broken: "an answer's head that does not end" };
    const [line = "", ...lines] = rest.toString("latin1", 0, end).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) [ -~]*$/.exec(line)?.[1]);
    if (Number.isNaN(status)) return { answers, broken: `no status line: ${line.slice(0, 80)}` };
    rest = rest.subarray(end + 4);
    if (status < 200) continue;
    const headers = headersOf(lines);
    if (headers === undefined) return { answers, broken: "a header that is none" };
    // What cannot be read is refused with a body, whatever its method may have been.
    const unread = (status === 400 || status === 431) && rest.length > 0;
    const head = requests[answers.length]?.method === "HEAD" && !unread;
    const bodiless = head || status === 204 || status === 304;
    const body = bodiless ? { body: Buffer.alloc(0), after: rest } : bodyOf(rest, headers);
    if (body === undefined) return { answers, broken: `a body of ${status} that is not whole` };
    answers.push({ status, headers, body: body.body });
    rest = body.after;
  }
  return { answers };
}

function headersOf(lines: readonly string[]): Map<string, string> | undefined {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+): ?([\t -~]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

function bodyOf(
  bytes: Buffer,
  headers: ReadonlyMap<string, string>,
): { body: Buffer; after: Buffer } | undefined {
  if (headers.get("transfer-encoding") === "chunked") return chunksOf(bytes);
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (!Number.isInteger(length) || length > bytes.length) return undefined;
  return { body: bytes.subarray(0, length), after: bytes.subarray(length) };
}

function chunksOf(bytes: Buffer): { body: Buffer; after: Buffer } | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (line === -1 || Number.isNaN(length)) return undefined;
    at = line + 2;
    chunks.push(bytes.subarray(at, at + length));
    at += length + 2;
    if (at > bytes.length) return undefined;
    if (length === 0) return { body: Buffer.concat(chunks), after: bytes.subarray(at) };
  }
}

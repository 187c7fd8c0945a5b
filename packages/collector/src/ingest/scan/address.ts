import { mayHoldPersonalBytes } from "../scrub/may-hold-bytes.js";
import { DIGITS, LOWER, QUOTE, SLASH, tableOf } from "./bytes.js";
import type { Cursor } from "./cursor.js";

const QUESTION = 0x3f;
const HASH = 0x23;
const COLON = 0x3a;

/** Bytes that a token can be made of; so many in a row may be one. */
const TOKEN = tableOf(`${LOWER}${LOWER.toUpperCase()}${DIGITS}_-`);
const SHORTEST_TOKEN = 20;

/** Bytes before the query that ask for a closer look: escapes and parameters of segments. */
const TELLING = tableOf("%;\\");

/**
 * Shortens the address that was just passed, plain ASCII, in the output as `scrubUrl` would: without
 * its query and fragment. False where more than that is to be done.
 */
export function cutAddress(cursor: Cursor, parameters: ReadonlySet<string>): boolean {
  const { src, start, end } = cursor;
  if (start === end) return true;
  let at = start;
  let run = 0;
  for (; at < end; at++) {
    const byte = src[at] ?? 0;
    if (TOKEN[byte] === 1) {
      if (++run === SHORTEST_TOKEN) return false;
      continue;
    }
    run = 0;
    if (byte === QUESTION || byte === HASH) break;
    if (TELLING[byte] === 1) return false;
  }
  const host = afterScheme(src, start, at);
  if (host === -1 || mayHoldPersonalBytes(src, start, host - 3)) return false;
  if (mayHoldPersonalBytes(src, host, at)) return false;
  if (at === end) return true;
  if (!isDropped(cursor.text(at, end), parameters)) return false;
  cursor.out -= end - at + 1;
  cursor.putByte(QUOTE);
  return true;
}

/** Behind `https://`; -1 where there is no such scheme. */
function afterScheme(src: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && src[at] !== COLON) at += 1;
  return src[at + 1] === SLASH && src[at + 2] === SLASH && at + 3 <= end ? at + 3 : -1;
}

/** Whether nothing of a query and a fragment, which start with their marks, is kept. */
function isDropped(tail: string, parameters: ReadonlySet<string>): boolean {
  const hash = tail.indexOf("#");
  if (hash !== -1 && /^[/!]/.test(tail.slice(hash + 1, hash + 2))) return false;
  const query = hash === -1 ? tail : tail.slice(0, hash);
  if (query === "?" || query.includes("%")) return false;
  for (const parameter of query.split(/[&;?]/)) {
    const [name = ""] = parameter.split("=", 1);
    if (parameters.has(name.toLowerCase())) return false;
  }
  return true;
}

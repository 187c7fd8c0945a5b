import { mayHoldPersonalBytes } from "../scrub/may-hold-bytes.js";
import { DIGITS, LOWER, QUOTE, SLASH, tableOf } from "./bytes.js";
import type { Cursor } from "./cursor.js";

const QUESTION = 0x3f;
const HASH = 0x23;
const COLON = 0x3a;
const PERCENT = 0x25;
const EXCLAMATION = 0x21;

/** Bytes that a token can be made of; so many in a row may be one. */
const TOKEN = tableOf(`${LOWER}${LOWER.toUpperCase()}${DIGITS}_-`);
const SHORTEST_TOKEN = 20;

/** Bytes before the query that ask for a closer look: escapes and parameters of segments. */
const TELLING = tableOf("%;\\");

/**
 * Shortens the address that was just passed, plain ASCII, in the output as `scrubUrl` would: without
 * its query and fragment. False where more than that is to be done.
 */
export function cutAddress(cursor: Cursor, firsts: Uint8Array): boolean {
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
  if (!isDropped(src, at, end, firsts)) return false;
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

/**
 * Whether nothing of a query and a fragment, which stand from the first mark on, is kept: no
 * fragment that is a route, no parameter of a name that may be kept, and no escape in a name.
 */
function isDropped(src: Uint8Array, from: number, end: number, firsts: Uint8Array): boolean {
  if (src[from] === QUESTION && (from + 1 === end || src[from + 1] === HASH)) return false;
  for (let at = from; at < end; at++) {
    const byte = src[at] ?? 0;
    if (byte === PERCENT) return false;
    const next = at + 1 < end ? (src[at + 1] ?? 0) : 0;
    if (byte === HASH) return next !== SLASH && next !== EXCLAMATION;
    if (SEPARATOR[byte] === 1 && firsts[next] === 1) return false;
  }
  return true;
}

/** What stands between parameters. */
const SEPARATOR = tableOf("?&;");

/** The bytes with which a name begins that may be one of these, in lower or upper case. */
export function firstBytes(names: ReadonlySet<string>): Uint8Array {
  const firsts = [...names].map((name) => name.slice(0, 1));
  return tableOf(firsts.flatMap((first) => [first, first.toUpperCase()]).join(""));
}

import { isPlainByte, mayHoldPersonalBytes } from "../scrub/may-hold-bytes.js";
import { ascii, COLON, DIGITS, LOWER, QUOTE, SLASH, tableOf } from "./bytes.js";
import type { Cursor } from "./cursor.js";

const QUESTION = 0x3f;
const HASH = 0x23;
const PERCENT = 0x25;
const EXCLAMATION = 0x21;

/** Marks of a byte within an address: it ends the path; it asks for a closer look; it may be of a token. */
const END = 1;
const CLOSER = 2;
const TOKEN = 4;
/** It is not without a meaning for `mayHoldPersonalBytes`. */
const TELLING = 8;

/** So many bytes in a row may be a token. */
const SHORTEST_TOKEN = 20;

const ADDRESS = addressMarks();

function addressMarks(): Uint8Array {
  const marks = new Uint8Array(256);
  const mark = (text: string, bit: number): void => {
    for (const byte of ascii(text)) marks[byte] = (marks[byte] ?? 0) | bit;
  };
  mark("?#", END);
  // Escapes, and parameters of segments.
  mark("%;\\", CLOSER);
  mark(`${LOWER}${LOWER.toUpperCase()}${DIGITS}_-`, TOKEN);
  for (let byte = 0; byte < 256; byte++)
    if (!isPlainByte(byte)) mark(String.fromCharCode(byte), TELLING);
  return marks;
}

/**
 * Shortens the address that was just passed, plain ASCII, in the output as `scrubUrl` would: without
 * its query and fragment. False where more than that is to be done.
 */
export function cutAddress(cursor: Cursor, firsts: Uint8Array): boolean {
  const { src, start, end } = cursor;
  if (start === end) return true;
  const host = behindScheme(src, start, end);
  if (host === -1) return false;
  let at = host;
  let marks = 0;
  let run = 0;
  for (; at < end; at++) {
    const mark = ADDRESS[src[at] ?? 0] ?? 0;
    if ((mark & TOKEN) === 0) {
      if ((mark & (END | CLOSER)) !== 0) break;
      run = 0;
    } else if (++run === SHORTEST_TOKEN) return false;
    marks |= mark;
  }
  if ((marks & TELLING) !== 0 && mayHoldPersonalBytes(src, host, at)) return false;
  if (at === end) return true;
  if (!isDropped(src, at, end, firsts)) return false;
  cursor.out -= end - at + 1;
  cursor.putByte(QUOTE);
  return true;
}

const HTTP = ascii("http");
const S = 0x73;

/** Behind `http://` or `https://`; -1 where there is neither. */
export function behindScheme(src: Buffer, start: number, end: number): number {
  for (let n = 0; n < 4; n++) if (src[start + n] !== HTTP[n]) return -1;
  const at = src[start + 4] === S ? start + 5 : start + 4;
  const marks = src[at] === COLON && src[at + 1] === SLASH && src[at + 2] === SLASH;
  return marks && at + 3 <= end ? at + 3 : -1;
}

/**
 * Whether nothing of a query and a fragment, which stand from the first mark on, is kept: no
 * fragment that is a route, no parameter of a name that may be kept, and no escape in a name.
 */
function isDropped(src: Uint8Array, from: number, end: number, firsts: Uint8Array): boolean {
  if (src[from] !== QUESTION && src[from] !== HASH) return false;
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

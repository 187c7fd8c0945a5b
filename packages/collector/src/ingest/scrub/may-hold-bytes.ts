import { DIGIT, HINT, KINDS, PLAIN, TELLING } from "./characters.js";
import { DIGITS, GAP, isTelling } from "./may-hold.js";

const COLON = 0x3a;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const J = 0x4a;
const A = 0x61;
const B = 0x62;
const E = 0x65;
const U = 0x75;
const Y = 0x79;
/** The bit by which a lower-case letter differs from its upper case. */
const CASE = 0x20;

/** The most bytes that one UTF-16 unit takes in UTF-8 or as an escape of JSON with one letter. */
const WIDEST = 3;

/** What each byte can mean; the first byte of a character that may be telling is a hint. */
const BYTES: Uint8Array = bytes();

/**
 * `mayHoldPersonalData` for the contents of a JSON string as UTF-8, without its quotes. False means
 * that neither `scrubText` nor, for an address without a query or the like, `scrubUrl` changes the
 * string: `://`, which opens an address, counts as telling, and so do the escapes of JSON with a code.
 */
export function mayHoldPersonalBytes(src: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  let last = start;
  for (let at = start; at < end; at++) {
    const kind = BYTES[src[at] ?? 0];
    if (kind === PLAIN) continue;
    if (kind === DIGIT) {
      digits = at - last <= GAP * WIDEST + 1 ? digits + 1 : 1;
      if (digits === DIGITS) return true;
      last = at;
    } else if (kind === TELLING || isTellingAt(src, start, at, end)) return true;
  }
  return false;
}

/** A string of such bytes alone holds nothing that `mayHoldPersonalBytes` would find. */
export function isPlainByte(byte: number): boolean {
  return BYTES[byte] === PLAIN;
}

function bytes(): Uint8Array {
  const table = new Uint8Array(256);
  table.set(KINDS.subarray(0, 0x80));
  for (const character of ":\\") table[character.charCodeAt(0)] = HINT;
  for (let unit = 0x80; unit < 0x1_0000; unit++) {
    if (KINDS[unit] === PLAIN || (unit >= 0xd800 && unit < 0xe000)) continue;
    table[unit < 0x800 ? 0xc0 | (unit >> 6) : 0xe0 | (unit >> 12)] = HINT;
  }
  return table.fill(HINT, 0xf0);
}

/** `isTelling` for bytes, asked so that most hints are dismissed by the byte behind them. */
function isTellingAt(src: Uint8Array, start: number, at: number, end: number): boolean {
  const byte = src[at] ?? 0;
  if (byte >= 0x80) return KINDS[unitAt(src, at)] === TELLING;
  const next = at + 1 < end ? (src[at + 1] ?? 0) : 0;
  switch (byte) {
    case COLON:
      return next === SLASH && at + 2 < end && src[at + 2] === SLASH;
    case BACKSLASH:
      return next === SLASH || next === U;
    case PERCENT:
      return next >= 0x30 && next <= 0x39;
    case J:
      return at - 2 >= start && src[at - 2] === E && src[at - 1] === Y;
    case B:
    case B - CASE:
      return (next | CASE) === A || (next | CASE) === E ? isWordAt(src, at, end) : false;
    default:
      return isWordAt(src, at, end);
  }
}

function isWordAt(src: Uint8Array, at: number, end: number): boolean {
  return isTelling(String.fromCharCode(...src.subarray(at, Math.min(end, at + 4))), 0);
}

/** The UTF-16 unit that a character of several bytes starts with. */
function unitAt(src: Uint8Array, at: number): number {
  const tail = (place: number): number => (src[at + place] ?? 0) & 0x3f;
  const byte = src[at] ?? 0;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | tail(1);
  if (byte < 0xf0) return ((byte & 0x0f) << 12) | (tail(1) << 6) | tail(2);
  const code = ((byte & 0x07) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3);
  return 0xd800 + ((code - 0x1_0000) >> 10);
}

import { behindScheme } from "./address.js";
import { COLON, DIGITS, DOT, LOWER, MINUS, SLASH, tableOf } from "./bytes.js";
import type { Cursor } from "./cursor.js";

const HOST = tableOf(`${LOWER}${DIGITS}.-`);
const DIGIT = tableOf(DIGITS);
/** What `new URL()` leaves as it is in a path. */
const PATH = tableOf(`${LOWER}${LOWER.toUpperCase()}${DIGITS}-_.~/%!$&'()*+,;=:@`);
const PERCENT = 0x25;
const QUESTION = 0x3f;
const HASH = 0x23;

/** Where the parts of an address stand in the source. */
export interface Place {
  hostEnd: number;
  pathStart: number;
  pathEnd: number;
}

/**
 * Finds host and path of an http(s) address whose parts stand in it as `new URL()` would write them.
 * False for any other: not every address can be read without it.
 */
export function locate(cursor: Cursor, start: number, end: number, place: Place): boolean {
  const { src } = cursor;
  let at = behindScheme(src, start, end);
  if (at === -1) return false;
  const hostStart = at;
  let label = at;
  while (HOST[src[at] ?? 0] === 1) {
    const byte = src[at];
    // `xn--` and the like: a name that must be decoded to be known as valid.
    if (byte === MINUS && src[at + 1] === MINUS) return false;
    at += 1;
    if (byte === DOT) label = at;
  }
  const hostEnd = at;
  // The last label decides whether a host is an IPv4 address.
  if (at === label || DIGIT[src[label] ?? 0] === 1 || src[hostStart] === DOT) return false;
  if (src[at] === COLON) {
    const port = ++at;
    while (DIGIT[src[at] ?? 0] === 1) at += 1;
    if (at === port || at - port > 4) return false;
  }
  const pathStart = at;
  while (at < end) {
    const byte = src[at] ?? 0;
    if (PATH[byte] !== 1) break;
    // A segment of dots, which may be written `%2e`, goes up.
    if (byte === SLASH && (src[at + 1] === DOT || src[at + 1] === PERCENT)) return false;
    at += 1;
  }
  if (at < end && src[at] !== QUESTION && src[at] !== HASH) return false;
  if (pathStart < at && src[pathStart] !== SLASH) return false;
  place.hostEnd = hostEnd;
  place.pathStart = pathStart;
  place.pathEnd = at;
  return true;
}

/** Whether an address starts like another that ends behind its host, and has a path of its own. */
export function isWithin(cursor: Cursor, start: number, site: number, siteEnd: number): boolean {
  const { src } = cursor;
  const length = siteEnd - site;
  if (src[start + length] !== SLASH) return false;
  for (let n = 0; n < length; n++) if (src[start + n] !== src[site + n]) return false;
  return true;
}

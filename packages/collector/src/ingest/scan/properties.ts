import { LIMITS } from "@balise/schema";
import {
  ascii,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  STOP,
} from "./bytes.js";
import type { Cursor } from "./cursor.js";
import type { BytesPlan } from "./plan.js";

const TRUE = ascii("true");
const FALSE = ascii("false");
const NULL = ascii("null");
const UNDERSCORE = 0x5f;
const T = 0x74;
const F = 0x66;
const N = 0x6e;

/** Keys of one object, past which their comparison in pairs would cost more than the plain way. */
const MAX_KEYS = 24;

/** Where in the source the properties must have ended: what goes on behind it is not copied. */
let end = 0;

/** Hashes of the keys of the objects that are open, one object after the other. */
const hashes = new Int32Array(MAX_KEYS * (LIMITS.propertiesDepth + 1));

/**
 * Passes an object of properties and copies it. False for what has no place in ClickHouse as it
 * stands (an array of objects), and for what may break a limit or repeats a key.
 */
export function passProperties(cursor: Cursor, plan?: BytesPlan): boolean {
  end = cursor.at + LIMITS.propertiesBytes;
  return object(cursor, 0, plan) && cursor.at <= end;
}

/** @param plan is told of each property, of the outermost object alone. */
function object(cursor: Cursor, depth: number, plan?: BytesPlan): boolean {
  if (depth >= LIMITS.propertiesDepth || !cursor.pass(OPEN_BRACE)) return false;
  cursor.putByte(OPEN_BRACE);
  if (cursor.pass(CLOSE_BRACE)) {
    cursor.putByte(CLOSE_BRACE);
    return true;
  }
  const base = depth * MAX_KEYS;
  for (let keys = 0; keys < MAX_KEYS; keys++) {
    if (!passText(cursor, LIMITS.propertyKeyCharacters) || !newKey(cursor, base, keys))
      return false;
    if (!cursor.pass(COLON)) return false;
    cursor.putByte(COLON);
    if (plan !== undefined) plan.property(cursor);
    if (!value(cursor, depth) || cursor.at > end) return false;
    if (cursor.pass(CLOSE_BRACE)) {
      cursor.putByte(CLOSE_BRACE);
      return true;
    }
    if (!cursor.pass(COMMA)) return false;
    cursor.putByte(COMMA);
  }
  return false;
}

/** Whether the key just passed is plain and none of the `keys` before it; equal hashes are not asked further. */
function newKey(cursor: Cursor, base: number, keys: number): boolean {
  const { src, start, end } = cursor;
  // `__proto__` and its like mean something to JavaScript.
  if (start === end || (cursor.marks & STOP) !== 0 || src[start] === UNDERSCORE) return false;
  let hash = 0;
  for (let n = start; n < end; n++) hash = (Math.imul(hash, 31) + (src[n] ?? 0)) | 0;
  for (let n = 0; n < keys; n++) if (hashes[base + n] === hash) return false;
  hashes[base + keys] = hash;
  return true;
}

function value(cursor: Cursor, depth: number): boolean {
  const { byte } = cursor;
  if (byte === OPEN_BRACE) return object(cursor, depth + 1);
  if (byte === OPEN_BRACKET) return scalars(cursor, depth);
  return scalar(cursor);
}

/** An array of scalars. */
function scalars(cursor: Cursor, depth: number): boolean {
  if (depth + 1 >= LIMITS.propertiesDepth) return false;
  cursor.at += 1;
  cursor.putByte(OPEN_BRACKET);
  if (cursor.pass(CLOSE_BRACKET)) {
    cursor.putByte(CLOSE_BRACKET);
    return true;
  }
  for (;;) {
    if (!scalar(cursor) || cursor.at > end) return false;
    if (cursor.pass(CLOSE_BRACKET)) {
      cursor.putByte(CLOSE_BRACKET);
      return true;
    }
    if (!cursor.pass(COMMA)) return false;
    cursor.putByte(COMMA);
  }
}

function scalar(cursor: Cursor): boolean {
  const { byte } = cursor;
  if (byte === QUOTE) return passText(cursor, LIMITS.propertiesBytes);
  if (byte === T) return literal(cursor, TRUE);
  if (byte === F) return literal(cursor, FALSE);
  if (byte === N) return literal(cursor, NULL);
  return byte !== BACKSLASH && cursor.number();
}

/** A string in which there is nothing to scrub. */
function passText(cursor: Cursor, max: number): boolean {
  return cursor.string(max) && !cursor.mayHoldPersonalData();
}

function literal(cursor: Cursor, bytes: Buffer): boolean {
  if (!cursor.passAll(bytes)) return false;
  cursor.put(bytes);
  return true;
}

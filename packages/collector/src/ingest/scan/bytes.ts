import { isPlainByte } from "../scrub/may-hold-bytes.js";

/** Bytes that JSON, URLs and UUIDs are made of, and what each byte is. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const BACKSLASH = 0x5c;
export const SLASH = 0x2f;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;

/** Marks of a byte within a JSON string; what a whole string holds is their union. */
export const STOP = 1;
/** Above ASCII: part of a character of several bytes. */
export const WIDE = 2;
/** Not without a meaning for `mayHoldPersonalBytes`: a string without any is free of personal data. */
export const TELLING = 4;

/** The marks of every byte. Bytes that end or break a string are `STOP`. */
export const MARKS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) MARKS[byte] = STOP;
  else MARKS[byte] = (byte >= 0x80 ? WIDE : 0) | (isPlainByte(byte) ? 0 : TELLING);
}

/** The text as bytes, for comparing and copying. */
export const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

/** A table of the bytes that occur in the text: 1 for these, 0 for the others. */
export function tableOf(text: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of ascii(text)) table[byte] = 1;
  return table;
}

export const LOWER = "abcdefghijklmnopqrstuvwxyz";
export const DIGITS = "0123456789";

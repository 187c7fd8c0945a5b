import { ascii } from "./bytes.js";

/**
 * A constant text as words of four bytes, little-endian: comparing and writing these takes a third
 * of the time of its bytes one by one.
 */
export interface Pattern {
  bytes: Buffer;
  length: number;
  /** The last word is filled with zeros. */
  words: Int32Array;
  /** The bits of the last word that are of the text. */
  mask: number;
}

export function pattern(text: string): Pattern {
  const bytes = ascii(text);
  const { length } = bytes;
  const filled = Buffer.alloc(Math.ceil(length / 4) * 4);
  bytes.copy(filled);
  const words = Int32Array.from({ length: filled.length / 4 }, (_, n) => filled.readInt32LE(4 * n));
  const rest = length % 4;
  return { bytes, length, words, mask: rest === 0 ? -1 : (1 << (8 * rest)) - 1 };
}

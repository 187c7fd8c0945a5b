import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./bytes.js";

/**
 * Where the JSON object that starts at `at` ends, by its braces and quotes alone; -1 where it does
 * not. Whether it is JSON is not said.
 */
export function endOfObject(src: Buffer, at: number): number {
  const { length } = src;
  if (src[at] !== OPEN_BRACE) return -1;
  let depth = 0;
  for (let n = at; n < length; n++) {
    const byte = src[n];
    if (byte === QUOTE) {
      n = endOfString(src, n);
      if (n === -1) return -1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return n + 1;
    }
  }
  return -1;
}

/** Where the quote is that ends the string at `at`. */
function endOfString(src: Buffer, at: number): number {
  const { length } = src;
  for (let n = at + 1; n < length; n++) {
    const byte = src[n];
    if (byte === QUOTE) return n;
    if (byte === BACKSLASH) n += 1;
  }
  return -1;
}

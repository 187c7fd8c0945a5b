import { KINDS, TELLING } from "./characters.js";

/** A text as a reader sees it, in ASCII where it looks like ASCII. */
export interface Folded {
  plain: string;
  /** Where each unit of `plain` starts in the text; one more at the end. */
  starts: readonly number[];
}

/**
 * Digits of any script and full-width characters become ASCII, characters that show nothing are
 * left out. With `json`, escapes of JSON become what they stand for. Undefined where nothing changes.
 */
export function fold(text: string, json = false): Folded | undefined {
  if (!isFoldable(text) && !(json && text.includes("\\"))) return undefined;
  let plain = "";
  const starts: number[] = [];
  for (let at = 0; at < text.length;) {
    const part = (json ? escapeAt(text, at) : undefined) ?? characterAt(text, at);
    for (let unit = 0; unit < part.plain.length; unit++) starts.push(at);
    plain += part.plain;
    at += part.length;
  }
  starts.push(text.length);
  return { plain, starts };
}

interface Part {
  plain: string;
  /** Units that it takes in the text. */
  length: number;
}

function isFoldable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80 && KINDS[unit] === TELLING) return true;
  }
  return false;
}

function characterAt(text: string, at: number): Part {
  const unit = text.charCodeAt(at);
  if (unit < 0x80 || KINDS[unit] !== TELLING) return { plain: text.charAt(at), length: 1 };
  const character = String.fromCodePoint(text.codePointAt(at) ?? unit);
  return { plain: asciiOf(character), length: character.length };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\n", t: " ", f: " ", b: " " };

function escapeAt(text: string, at: number): Part | undefined {
  if (text.charAt(at) !== "\\") return undefined;
  const next = text.charAt(at + 1);
  if (next === "/" || next === "\\") return { plain: next, length: 2 };
  const space = ESCAPES[next];
  if (space !== undefined) return { plain: space, length: 2 };
  const code = /^u([0-9a-f]{4})/i.exec(text.slice(at + 1, at + 6))?.[1];
  if (code === undefined) return undefined;
  return { plain: characterAt(String.fromCharCode(parseInt(code, 16)), 0).plain, length: 6 };
}

const INVISIBLE = /^[\p{Cf}\p{DI}]$/u;

// oxlint-disable-next-line no-control-regex -- the range is ASCII
const ASCII = /^[\u0000-\u007f]+$/;

function asciiOf(character: string): string {
  if (INVISIBLE.test(character)) return "";
  const digit = digitOf(character);
  if (digit !== undefined) return digit;
  const compatible = character.normalize("NFKC");
  return ASCII.test(compatible) ? compatible : character;
}

const DECIMAL = /^\p{Nd}$/u;

/**
 * The ten digits of a script follow each other, and so do the five sets of mathematical ones, which
 * begin at U+1D7CE. So a digit's value is the number of digits before it, down to a tenth.
 */
function digitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (!DECIMAL.test(character)) return undefined;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  let zero = code;
  while (DECIMAL.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

import { countrySpecs } from "ibantools";
import { isWord } from "./characters.js";
import { isDigit } from "./numbers.js";
import type { Span } from "./span.js";

const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(countrySpecs).map(([country, { chars }]) => [country, chars ?? 0]),
);

/** Also `FR 76`, but in small letters this would be words: `at 20`. */
const HEAD = /[A-Z]{2}[ \u00a0\u202f-]?[0-9]{2}|[a-z]{2}[0-9]{2}/g;

/** One or two may stand between the characters of an IBAN. */
const SEPARATORS = " \t\u00a0\u2007\u2008\u2009\u200a\u2010\u2011\u2012\u2013\u202f.-";
const MOST_SEPARATORS = 2;

/**
 * IBANs: a country, the length that it uses, and the check digits (mod 97). At most 34 characters
 * and their separators are looked at from each place that could be a head.
 */
export function ibansIn(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const { index: start } of text.matchAll(HEAD)) {
    if (start < end || isWord(text, start - 1)) continue;
    const found = endOfIban(text, start);
    if (found === undefined) continue;
    end = found;
    spans.push({ start, end, as: "[iban]" });
  }
  return spans;
}

function endOfIban(text: string, start: number): number | undefined {
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase()) ?? 0;
  const ten = text.charCodeAt(start) < 0x61 ? LARGE_A : SMALL_A;
  const values: number[] = [];
  let separators = 0;
  for (let at = start; at < text.length; at++) {
    const value = valueAt(text, at, ten);
    if (value !== undefined) {
      values.push(value);
      separators = 0;
      if (values.length < length) continue;
      return !isWord(text, at + 1) && leavesOne(values) ? at + 1 : undefined;
    }
    separators += 1;
    if (separators > MOST_SEPARATORS || !SEPARATORS.includes(text.charAt(at))) return undefined;
  }
  return undefined;
}

const LARGE_A = 0x41;
const SMALL_A = 0x61;

/** A digit as itself, a letter of one case, which starts with `ten`, as 10 to 35. */
function valueAt(text: string, at: number, ten: number): number | undefined {
  if (isDigit(text, at)) return text.charCodeAt(at) - 0x30;
  const place = text.charCodeAt(at) - ten;
  return place >= 0 && place < 26 ? place + 10 : undefined;
}

/** ISO 13616: the country and the check digits moved to the end, modulo 97. */
function leavesOne(values: readonly number[]): boolean {
  let rest = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[(at + 4) % values.length] ?? 0;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

import { countrySpecs } from "ibantools";
import { isWord } from "./characters.js";
import type { Span } from "./span.js";

const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(countrySpecs).map(([country, { chars }]) => [country, chars ?? 0]),
);

/** Also `FR 76`, but in small letters this would be words: `at 20`. */
const HEAD = /[A-Z]{2}[ \u00a0\u202f-]?[0-9]{2}|[a-z]{2}[0-9]{2}/g;

/** One or two may stand between the characters of an IBAN. */
const SEPARATOR = /[ \t\u00a0\u2007-\u200a\u2010-\u2013\u202f.-]/;
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
  const alphabet = /[A-Z]/.test(text.charAt(start)) ? LARGE : SMALL;
  let characters = "";
  let separators = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (alphabet.test(character)) {
      characters += character;
      separators = 0;
      if (characters.length < length) continue;
      return !isWord(text, at + 1) && leavesOne(characters) ? at + 1 : undefined;
    }
    separators += 1;
    if (separators > MOST_SEPARATORS || !SEPARATOR.test(character)) return undefined;
  }
  return undefined;
}

const LARGE = /[A-Z0-9]/;
const SMALL = /[a-z0-9]/;

/** ISO 13616: the country and the check digits moved to the end, letters as 10 to 35, modulo 97. */
function leavesOne(iban: string): boolean {
  let rest = 0;
  for (let at = 0; at < iban.length; at++) {
    const value = parseInt(iban.charAt((at + 4) % iban.length), 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

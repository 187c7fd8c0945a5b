import { isWord } from "./characters.js";
import { digitsOf, type Group, numbersIn, sizeOf } from "./numbers.js";
import type { Span } from "./span.js";

/**
 * Issuers by the first digits of their cards, with the lengths that they use (ISO/IEC 7812): Visa,
 * Mastercard, American Express, Diners Club, Discover, JCB, UnionPay, Mir, Maestro.
 */
const ISSUERS: readonly [prefix: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|36|38|39)/, [14, 16, 19]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^220[0-4]/, [16, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
];

const SHORTEST = 13;
const LONGEST = 19;

/** People write cards in groups of three or more: `40 50 60 …` is a list. The last may be shorter. */
const SMALLEST_GROUP = 3;

/** Card numbers: the digits of an issuer, of its length, with the check digit of Luhn. */
export function cardsIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const groups of numbersIn(text)) {
    for (let first = 0; first < groups.length; first++) {
      const last = endOfCard(text, groups, first);
      if (last === undefined) continue;
      spans.push({ start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0, as: "[card]" });
      first = last;
    }
  }
  return spans;
}

/** The last group of the card that starts with a group, the longest one; at most 19 digits are looked at. */
function endOfCard(text: string, groups: readonly Group[], first: number): number | undefined {
  let found: number | undefined;
  let length = 0;
  for (let last = first; last < groups.length; last++) {
    const size = sizeOf(groups[last]);
    length += size;
    if (length > LONGEST) break;
    if (length >= SHORTEST && isCard(digitsOf(text, groups.slice(first, last + 1)))) {
      if (standsAlone(text, groups, first, last)) found = last;
    }
    if (size < SMALLEST_GROUP) break;
  }
  return found;
}

function isCard(digits: string): boolean {
  if (!passesLuhn(digits)) return false;
  return ISSUERS.some(
    ([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length),
  );
}

/** Not within a word, and not the decimals of a number. */
function standsAlone(text: string, groups: readonly Group[], first: number, last: number): boolean {
  const [start, end] = [groups[first]?.start ?? 0, groups[last]?.end ?? 0];
  if (isWord(text, start - 1) || isWord(text, end)) return false;
  const decimals = first === last && /[0-9][.,]$/.test(text.slice(Math.max(0, start - 2), start));
  return !decimals;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 0x30;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

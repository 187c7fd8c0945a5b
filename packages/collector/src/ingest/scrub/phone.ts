import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import { isWord } from "./characters.js";
import { lastOfNational, opensNational } from "./national-phone.js";
import { digitsOf, type Group, isDigit, numbersIn, sizeOf } from "./numbers.js";
import type { Phones } from "./phones.js";
import type { Span } from "./span.js";

/** Questions to the library that one text may cost; past them the length alone decides. */
const LOOKUPS = 32;

/** Digits of a number with its country code (E.164). */
const SHORTEST = 8;
const LONGEST = 15;

/** Telephone numbers, with a country code or as France, its neighbours, Britain and America write them. */
export function phonesIn(text: string, phones: Phones): Span[] {
  const spans: Span[] = [];
  const search = { text, phones, lookups: LOOKUPS, done: 0 };
  for (const groups of numbersIn(text)) {
    for (let first = 0; first < groups.length; first++) {
      const found = phoneAt(search, groups, first);
      if (found === undefined) continue;
      search.done = groups[found.last]?.end ?? 0;
      spans.push({ start: found.start, end: search.done, as: "[phone]" });
      first = found.last;
    }
  }
  return spans;
}

interface Search {
  text: string;
  phones: Phones;
  lookups: number;
  /** Where the last number found ends: what is before it touches nothing any more. */
  done: number;
}

interface Found {
  start: number;
  last: number;
}

function phoneAt(search: Search, groups: readonly Group[], first: number): Found | undefined {
  const { text } = search;
  const at = groups[first]?.start ?? 0;
  const plus = placeOfPlus(text, at);
  if (plus !== undefined) {
    const last = lastWithCode(search, groups, first, 0);
    return last === undefined ? undefined : { start: plus, last };
  }
  if (!opensNational(text, groups, first)) return undefined;
  const start = text.charAt(at - 1) === "(" ? at - 1 : at;
  if (isWithin(search, start)) return undefined;
  const follows = (groups[first - 1]?.end ?? 0) > search.done;
  if (follows && !/\s/.test(text.charAt(start - 1))) return undefined;
  const last = text.startsWith("00", at)
    ? lastWithCode(search, groups, first, 2)
    : lastOfNational(text, groups, first, search.phones);
  return last === undefined ? undefined : { start, last };
}

/** Where the `+` stands that is before a place, with at most a space and a bracket between. */
function placeOfPlus(text: string, at: number): number | undefined {
  for (let place = at - 1; place >= at - 3; place--) {
    const character = text.charAt(place);
    if (character === "+") return place;
    if (character !== " " && character !== "(") return undefined;
  }
  return undefined;
}

/** Part of a word, of a reference such as AB-12345678 or #12345678, or of a decimal. */
function isWithin({ text, done }: Search, start: number): boolean {
  const before = text.charAt(start - 1);
  if (isWord(text, start - 1) || before === "#" || before === "_") return true;
  if (start - 2 < done) return false;
  if (/[-–]/.test(before)) return isWord(text, start - 2);
  return /[/,.]/.test(before) && isDigit(text, start - 2);
}

/** The last group of a number with its country code, whose first `prefix` digits are no part of it. */
function lastWithCode(
  search: Search,
  groups: readonly Group[],
  first: number,
  prefix: number,
): number | undefined {
  const { text } = search;
  if (prefix > 0 && search.phones === "marked" && sizeOf(groups[first]) >= SHORTEST)
    return undefined;
  let digits = "";
  const ends: { last: number; digits: string }[] = [];
  for (let last = first; last < groups.length && digits.length <= LONGEST + prefix; last++) {
    const group = groups[last];
    if (group === undefined) break;
    // The 0 of `+33 (0)6` is said within the country alone.
    if (!isZeroInBrackets(text, group)) digits += digitsOf(text, [group]);
    ends.push({ last, digits: digits.slice(prefix) });
  }
  return ends.findLast(
    (end) => !isWord(text, groups[end.last]?.end ?? 0) && isPossible(search, end.digits),
  )?.last;
}

function isZeroInBrackets(text: string, { start, end }: Group): boolean {
  return text.slice(start - 1, end + 1) === "(0)";
}

function isPossible(search: Search, digits: string): boolean {
  if (digits.length < SHORTEST || digits.length > LONGEST || digits.startsWith("0")) return false;
  if (search.lookups === 0) return true;
  search.lookups -= 1;
  return isPossiblePhoneNumber(`+${digits}`);
}

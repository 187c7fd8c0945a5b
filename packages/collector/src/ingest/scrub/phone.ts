import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import { isWord } from "./characters.js";
import { digitsOf, type Group, isDigit, numbersIn, shapeOf } from "./numbers.js";
import type { Span } from "./span.js";

/** `any`: also ten digits in a row that start with 0; `marked`: with `+` or separators alone. */
export type Phones = "any" | "marked";

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
  const plus = /\+[ (]{0,2}$/.exec(text.slice(Math.max(0, at - 3), at));
  if (plus !== null) {
    const last = lastWithCode(search, groups, first, 0);
    return last === undefined ? undefined : { start: at - plus[0].length, last };
  }
  const start = text.charAt(at - 1) === "(" ? at - 1 : at;
  if (isWithin(search, start)) return undefined;
  const follows = (groups[first - 1]?.end ?? 0) > search.done;
  if (follows && !/\s/.test(text.charAt(start - 1))) return undefined;
  const last = text.startsWith("00", at)
    ? lastWithCode(search, groups, first, 2)
    : lastOfNational(search, groups, first);
  return last === undefined ? undefined : { start, last };
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
  if (prefix > 0 && search.phones === "marked" && isBare(groups, first)) return undefined;
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

function isBare(groups: readonly Group[], first: number): boolean {
  const length = (groups[first]?.end ?? 0) - (groups[first]?.start ?? 0);
  return length >= SHORTEST;
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

/** Digits of numbers without a country code, the likelier first. */
const NATIONAL_LENGTHS = [10, 11, 12, 9];
const MOST_NATIONAL = 12;

/** Groups that are a date, such as 01/12/2026: its day could open a number. */
const DATE = /^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)/;

/** What a number without a country code starts with. */
const HEAD = /^(?:0[1-9]|[2-9]\d\d\D|1\D)/;

function lastOfNational(
  { text, phones }: Search,
  groups: readonly Group[],
  first: number,
): number | undefined {
  const start = groups[first]?.start ?? 0;
  const head = text.slice(start, start + 11);
  if (!HEAD.test(head) || DATE.test(head)) return undefined;
  const lasts = new Map<number, number>();
  let digits = 0;
  for (let last = first; last < groups.length; last++) {
    const group = groups[last];
    digits += group === undefined ? 0 : group.end - group.start;
    if (group === undefined || digits > MOST_NATIONAL) break;
    if (!isWord(text, group.end)) lasts.set(digits, last);
  }
  for (const length of NATIONAL_LENGTHS) {
    const last = lasts.get(length);
    if (last === undefined || (phones === "marked" && last === first)) continue;
    if (isNational(text, groups.slice(first, last + 1))) return last;
  }
  return undefined;
}

/**
 *  - Ten digits from 0 in groups of two or more: 06 12 34 56 78, 0470 12 34 56, 044 668 18 00.
 *  - America's 202-555-0143, (202) 555-0143, 1-202-555-0143.
 *  - Eleven or twelve from 0 after an area of three to five: 020 7946 0958, 0151 12345678.
 *  - Nine from 0 in three groups or more, or after `/`: 02 123 45 67, 081/123456.
 */
function isNational(text: string, groups: readonly Group[]): boolean {
  const digits = digitsOf(text, groups);
  const shape = shapeOf(groups);
  if (digits.startsWith("0")) {
    if (digits.length === 10) return !/\b1\b/.test(shape);
    if (digits.length > 10) return /^[345]-\d(?:-\d){0,3}$/.test(shape);
    return /^[23]-[23](?:-[23]){1,2}$/.test(shape) || text.charAt(groups[0]?.end ?? 0) === "/";
  }
  const between = text.slice(groups.at(-3)?.end, groups.at(-2)?.start);
  return (
    /^1?[2-9]\d\d[2-9]\d{6}$/.test(digits) && /^(?:1-)?3-3-4$/.test(shape) && /[-.)]/.test(between)
  );
}

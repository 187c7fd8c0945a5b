import { isWord } from "./characters.js";
import { digitsOf, type Group, shapeOf, sizeOf } from "./numbers.js";
import type { Phones } from "./phones.js";

/** Digits of numbers without a country code, the likelier first. */
const LENGTHS = [10, 11, 12, 9];
const LONGEST = 12;

/** Groups that are a date, such as 01/12/2026: its day could open a number. */
const DATE = /^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)/;
const DATE_LENGTH = 11;

/** Whether a number without `+` can start with a group: 0…, America's 202, or its 1 before 202. */
export function opensNational(text: string, groups: readonly Group[], first: number): boolean {
  const size = sizeOf(groups[first]);
  const digit = text.charAt(groups[first]?.start ?? 0);
  if (digit === "0") return size > 1;
  if (size === 3) return digit > "1" && sizeOf(groups[first + 1]) === 3;
  return size === 1 && digit === "1" && sizeOf(groups[first + 1]) === 3;
}

/** The last group of the number without a country code that starts with a group. */
export function lastOfNational(
  text: string,
  groups: readonly Group[],
  first: number,
  phones: Phones,
): number | undefined {
  const start = groups[first]?.start ?? 0;
  if (DATE.test(text.slice(start, start + DATE_LENGTH))) return undefined;
  const ends = endsByDigits(text, groups, first);
  for (const length of LENGTHS) {
    const last = ends.get(length);
    if (last === undefined || (phones === "marked" && last === first)) continue;
    if (isNational(text, groups.slice(first, last + 1))) return last;
  }
  return undefined;
}

/** The groups that a number of so many digits could end with. */
function endsByDigits(
  text: string,
  groups: readonly Group[],
  first: number,
): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  let digits = 0;
  for (let last = first; last < groups.length; last++) {
    const size = sizeOf(groups[last]);
    digits += size;
    if (digits > LONGEST || (size === 1 && last > first)) break;
    if (digits >= 9 && !isWord(text, groups[last]?.end ?? 0)) ends.set(digits, last);
  }
  return ends;
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
    if (digits.length === 10) return true;
    if (digits.length > 10) return /^[345]-\d(?:-\d){0,3}$/.test(shape);
    return /^[23]-[23](?:-[23]){1,2}$/.test(shape) || text.charAt(groups[0]?.end ?? 0) === "/";
  }
  if (!/^1?[2-9]\d\d[2-9]\d{6}$/.test(digits) || !/^(?:1-)?3-3-4$/.test(shape)) return false;
  return /[-.)]/.test(text.slice(groups.at(-3)?.end, groups.at(-2)?.start));
}

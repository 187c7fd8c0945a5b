import { isWord } from "./characters.js";
import type { Span } from "./span.js";

/** The at-sign: itself, escaped in an address (twice at most), in brackets, or spoken in French. */
const AT = /@|%(?:25)?40|[([{<] ?(?:at|a|arobase|@) ?[)\]}>]|\barobase\b/gi;

/** Names with dots and a top-level domain, or an address in brackets (RFC 5321, 4.1.3). */
const DOMAIN =
  / ?(?:(?:[\p{L}\p{N}_-]{1,63}\.){1,8}(?:xn--[\p{L}\p{N}-]{1,59}|\p{L}{2,63})|\[[0-9a-f.:]{3,45}\])/iuy;

/** The same, with dots that are said: `example (dot) com`, `exemple point fr`. */
const SPOKEN_DOMAIN =
  / {0,2}[\p{L}\p{N}-]{1,63}(?: {0,2}(?:\.|[([{] ?(?:dot|point|\.) ?[)\]}]|(?:dot|point)(?= )) {0,2}[\p{L}\p{N}-]{2,63}){0,6}/iuy;

/** `logo@2x.png` is a picture for dense screens. */
const DENSITY = /^ ?\d(?:\.\d)?x\./i;

/** Longest local part between quotation marks, with them (RFC 5321, 4.5.3.1.1). */
const LONGEST_QUOTED = 66;

/**
 * E-mail addresses. From each at-sign the search goes left to the at-sign before and right by at
 * most nine labels, so the whole is linear.
 */
export function emailsIn(text: string): Span[] {
  const spans: Span[] = [];
  let floor = 0;
  for (const { 0: sign, index } of text.matchAll(AT)) {
    const spoken = sign !== "@" && !sign.startsWith("%");
    const start = startOfLocal(text, index, floor, spoken);
    const end =
      start === undefined ? undefined : endOfDomain(text, index + sign.length, sign, spoken);
    floor = Math.max(floor, index + sign.length);
    if (start === undefined || end === undefined) continue;
    // `name @ example.com` has a space on both sides or on none.
    if (!spoken && isSpace(text, index - 1) !== isSpace(text, index + sign.length)) continue;
    spans.push({ start, end, as: "[email]" });
    floor = end;
  }
  return spans;
}

function startOfLocal(
  text: string,
  sign: number,
  floor: number,
  spoken: boolean,
): number | undefined {
  let end = sign;
  for (let spaces = spoken ? 2 : 1; spaces > 0 && isSpace(text, end - 1); spaces--) end--;
  if (text.charAt(end - 1) === '"') {
    const quote = text.lastIndexOf('"', end - 2);
    return quote >= Math.max(floor, end - LONGEST_QUOTED) ? quote : undefined;
  }
  let start = end;
  while (start > floor && isLocal(text, start - 1)) start--;
  while (start < end && /[.'’-]/.test(text.charAt(start))) start++;
  return start < end ? start : undefined;
}

function isLocal(text: string, at: number): boolean {
  return isWord(text, at) || ".-_+%'’~".includes(text.charAt(at));
}

function isSpace(text: string, at: number): boolean {
  return text.charAt(at) === " ";
}

function endOfDomain(text: string, at: number, sign: string, spoken: boolean): number | undefined {
  const domain = spoken ? SPOKEN_DOMAIN : DOMAIN;
  domain.lastIndex = at;
  const found = domain.exec(text)?.[0];
  if (found === undefined || DENSITY.test(found)) return undefined;
  // A bare word is said of many things: only with a dot after it does it make an address.
  const word = /^[a-z]/i.test(sign);
  return word && !/\.|dot|point/i.test(found) ? undefined : at + found.length;
}

import { DIGIT, HINT, KINDS, PLAIN, TELLING } from "./characters.js";

/** Digits without which nothing is a telephone number, a card or an IBAN. */
export const DIGITS = 7;

/** Characters between two digits past which they belong to different numbers. */
export const GAP = 8;

/**
 * False means that `scrubText` returns the text unchanged, in every mode: it has no `@` or `=`, no
 * `%40`, no spoken at-sign, no beginning of a JWT or `Bearer`, no character that `fold` changes, and
 * nowhere seven ASCII digits with at most eight other characters between each and the next. True
 * promises nothing. One pass, nothing allocated: on the hot path.
 */
export function mayHoldPersonalData(text: string): boolean {
  let digits = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === PLAIN) continue;
    if (kind === DIGIT) {
      digits = at - last <= GAP + 1 ? digits + 1 : 1;
      if (digits === DIGITS) return true;
      last = at;
    } else if (kind === TELLING || (kind === HINT && isTelling(text, at))) return true;
  }
  return false;
}

/**
 * False means that `scrubUrl` returns the address unchanged, whatever parameters it keeps: it has
 * no query, fragment, parameters or escapes, no segment long enough for a token, and
 * `mayHoldPersonalData` is false.
 */
export function mayHoldPersonalUrl(url: string): boolean {
  return ADDRESS.test(url) || mayHoldPersonalData(url);
}

/** At most twenty characters are looked at from each place. */
const ADDRESS = /[?#;%\\]|[\w-]{20}|^data:/i;

/** Whether a character is one of `%40`, `(at)`, `arobase`, `Bearer` or `eyJ`. */
export function isTelling(text: string, at: number): boolean {
  switch (text.charAt(at)) {
    case "%":
      return /[0-9]/.test(text.charAt(at + 1));
    case "J":
      return text.startsWith("ey", at - 2);
    case "b":
    case "B":
      return /^(?:ase|ear)/i.test(text.slice(at + 1, at + 4));
    default:
      return /^ ?[aA@]/.test(text.slice(at + 1, at + 3));
  }
}

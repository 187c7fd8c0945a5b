import { isSecret } from "./secret.js";
import type { Span } from "./span.js";

/**
 * `eyJ` opens the base64url of every JSON object. A search starts at the beginning of a run only,
 * so every character is read a bounded number of times.
 */
const JWT = /(?<![\w-])eyJ[\w-]{13,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g;

export function jwtsIn(text: string): Span[] {
  if (!text.includes("eyJ")) return [];
  return Array.from(text.matchAll(JWT), ({ 0: { length }, index }) => tokenAt(index, length));
}

const BEARER = /\bbearer[ :]{1,3}([\w.~+/=-]{8,})/gi;

/** A word of this length is no English one. */
const LONGEST_WORD = 24;

/** What follows `Bearer`, unless it is a word: `bearer certificates`. */
export function bearersIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: whole, 1: token = "", index } of text.matchAll(BEARER)) {
    if (!/[0-9]/.test(token) && token.length < LONGEST_WORD) continue;
    spans.push(tokenAt(index + whole.length - token.length, token.length));
  }
  return spans;
}

/** What an earlier scrubbing has left. */
const PLACEHOLDER = /\[(?:email|phone|iban|card|token)\]/;

const LOGIN = /:\/\/([^\s/?#@\0]+)@/g;

/** Name and password of an address, `https://name:password@host`. */
export function loginsIn(text: string): Span[] {
  if (!text.includes("://")) return [];
  const spans: Span[] = [];
  for (const { 1: login = "", index } of text.matchAll(LOGIN)) {
    if (!PLACEHOLDER.test(login)) spans.push(tokenAt(index + "://".length, login.length));
  }
  return spans;
}

/** A shorter value is no secret worth its name. */
const PARAMETER = /[?&;#]([\w.[\]%-]{1,64})=([^\s&;#"'<>\\\0]{7,})/g;

const SECRET_NAME =
  /(?:^|[_.-])(?:token|secret|password|passwd|pwd|pass|api_?key|auth|authorization|signature|sig|session|session_?id|sid|jwt|otp)$/i;

/** Values of query parameters that are secrets, by their name or by their look. */
export function secretParametersIn(text: string): Span[] {
  if (!text.includes("=")) return [];
  const spans: Span[] = [];
  for (const { 0: whole, 1: name = "", 2: value = "", index } of text.matchAll(PARAMETER)) {
    if (PLACEHOLDER.test(value) || !(SECRET_NAME.test(name) || isSecret(value))) continue;
    spans.push(tokenAt(index + whole.length - value.length, value.length));
  }
  return spans;
}

function tokenAt(start: number, length: number): Span {
  return { start, end: start + length, as: "[token]" };
}

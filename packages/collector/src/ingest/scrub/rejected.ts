import { LIMITS } from "@balise/schema";
import { fold } from "./fold.js";
import { masked, replaced, type Span } from "./span.js";
import { personalDataIn, unfolded } from "./text.js";
import { scrubUrl } from "./url.js";

/** Characters at the end of a text that was cut which may be the first half of an address or a number. */
const TORN = 256;

/**
 * A text of any shape, such as an event that could not be read: personal data is replaced as in
 * `scrubText`, and words that are addresses or have a query are treated as `scrubUrl` does. Escapes
 * of JSON are seen through. Has at most 64 KiB; of a longer one the end is left out, since what is cut
 * in two cannot be told any more.
 */
export function scrubBody(body: string, parameters: ReadonlySet<string>): string {
  const { eventBytes } = LIMITS;
  const text = body.slice(0, eventBytes);
  const folded = fold(text, true);
  const plain = folded?.plain ?? text;
  const addresses = addressesIn(plain, parameters);
  const found = [...addresses, ...personalDataIn(masked(plain, addresses), "any")];
  const spans = found.toSorted((a, b) => a.start - b.start);
  const clean = replaced(text, folded === undefined ? spans : unfolded(spans, folded.starts));
  return (body.length > eventBytes ? clean.slice(0, -TORN) : clean).slice(0, eventBytes);
}

/** The reason of a rejection as it is kept: a value that it quotes in part is left out. */
export function scrubMessage(message: string, parameters: ReadonlySet<string>): string {
  return scrubBody(message.replace(/\(got "[^]*…\)$/, "(got a long text)"), parameters);
}

/** Ends where a text in JSON, in a markup or in a sentence does. */
const WORD = /[^\s"'<>`\0]+/g;

function addressesIn(text: string, parameters: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!word.includes("://") && !hasQuery(word)) continue;
    const as = scrubUrl(word, parameters);
    if (as !== word) spans.push({ start: index, end: index + word.length, as });
  }
  return spans;
}

function hasQuery(word: string): boolean {
  const mark = word.search(/[?#]/);
  return mark !== -1 && word.includes("=", mark);
}

import { cardsIn } from "./card.js";
import { emailsIn } from "./email.js";
import { fold } from "./fold.js";
import { ibansIn } from "./iban.js";
import { mayHoldPersonalData } from "./may-hold.js";
import { phonesIn } from "./phone.js";
import type { Phones } from "./phones.js";
import { hide, masked, replaced, type Span } from "./span.js";
import { bearersIn, jwtsIn, loginsIn, secretParametersIn } from "./token.js";

type Search = (text: string, phones: Phones) => Span[];

/** In this order: what is found first is hidden from the rest. */
const WORDS: readonly Search[] = [jwtsIn, bearersIn, loginsIn, secretParametersIn, emailsIn];

/** An IBAN holds what could be a card, and a card what could be a telephone number. */
const NUMBERS: readonly Search[] = [ibansIn, cardsIn, phonesIn];

/** The groups of a UUID can be digits alone. */
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/**
 * The text with e-mail addresses, telephone numbers, IBANs, card numbers and tokens replaced by
 * `[email]`, `[phone]`, `[iban]`, `[card]` and `[token]`; every other character stays as it is.
 * Doing it twice changes nothing more. Time is linear in the length. On the hot path.
 */
export function scrubText(text: string, phones: Phones = "any"): string {
  if (!mayHoldPersonalData(text)) return text;
  const folded = fold(text);
  if (folded === undefined) return replaced(text, personalDataIn(text, phones));
  const spans = personalDataIn(folded.plain, phones);
  return replaced(text, unfolded(spans, folded.starts));
}

/** Everything that the searches find, in order. */
export function personalDataIn(text: string, phones: Phones): Span[] {
  const found: Span[] = [];
  const hidden = (rest: string, search: Search): string => {
    const spans = search(rest, phones);
    if (spans.length === 0) return rest;
    found.push(...spans);
    return masked(rest, spans);
  };
  const rest = WORDS.reduce(hidden, text);
  NUMBERS.reduce(hidden, rest.replace(UUID, hide));
  return found.toSorted((a, b) => a.start - b.start);
}

/** The spans of a folded text as those of the text that it was made of. */
export function unfolded(spans: readonly Span[], starts: readonly number[]): Span[] {
  return spans.map(({ start, end, as }) => ({
    start: starts[start] ?? 0,
    end: starts[end] ?? 0,
    as,
  }));
}

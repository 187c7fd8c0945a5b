import type { Messages } from "./en.js";
import { EN_NAMES } from "./names-en.js";
import { FR_NAMES } from "./names-fr.js";

export interface Names {
  /** Columns and parameters, by their name in the API. */
  words: Readonly<Record<string, string>>;
  /** Questions, by name. */
  questions: Readonly<Record<string, string>>;
  /** What each asks, by its name, where the collector's own words are of another language. */
  asks: Readonly<Record<string, string>>;
}

const NAMES = { en: EN_NAMES, fr: FR_NAMES } satisfies Record<string, Names>;

const namesOf = (text: Messages): Names => (text.language.otherCode === "fr" ? NAMES.en : NAMES.fr);

const known = (names: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined;

/** A column or a parameter as the reader's language names it; else its name, in words. */
export const nameOf = (text: Messages, name: string): string =>
  known(namesOf(text).words, name) ?? inWords(name);

export const titleOf = (text: Messages, question: string): string =>
  known(namesOf(text).questions, question) ?? inWords(question);

/** What a question asks in the reader's language, if that is known. */
export const askOf = (text: Messages, question: string): string | undefined =>
  known(namesOf(text).asks, question);

/** A field of a filter or a breakdown; of a property or a trait, its own name. */
export function fieldLabel(text: Messages, field: string): string {
  const own = /^(?:properties|traits)\.(.+)$/.exec(field)?.[1];
  return own ?? known(text.settings.breakdowns, field) ?? nameOf(text, field);
}

/** `medianTotalSeconds` and `score_words` as words, where nobody has named them. */
export function inWords(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_.]+/g, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

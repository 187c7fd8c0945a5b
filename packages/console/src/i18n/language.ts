import { en, type Messages } from "./en.js";
import { fr } from "./fr.js";

export const DICTIONARIES = { en, fr } satisfies Record<string, Messages>;
export type Language = keyof typeof DICTIONARIES;

const NAME = "balise.language";

/** The language chosen before, else the first of the browser's that the console speaks. */
export function detectLanguage(stored: string | null, preferred: readonly string[]): Language {
  const known = [stored ?? "", ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag === "en" || tag === "fr") ?? "en";
}

/** The reader's own variant of the language (en-GB, fr-CA) for numbers and dates. */
export function localeOf(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

export function storedLanguage(storage: () => Storage): string | null {
  try {
    return storage().getItem(NAME);
  } catch {
    return null;
  }
}

/** A browser that refuses storage asks again next time. */
export function storeLanguage(storage: () => Storage, language: Language): void {
  try {
    storage().setItem(NAME, language);
  } catch {
    return;
  }
}

import type { Messages } from "./en.js";

/** The reader's word for a value of a closed vocabulary; any other value is shown as it is. */
export function termOf(text: Messages, field: string, value: string): string {
  const vocabularies: Record<string, Record<string, string>> = text.terms;
  const terms = Object.hasOwn(vocabularies, field) ? vocabularies[field] : undefined;
  return terms !== undefined && Object.hasOwn(terms, value) ? (terms[value] ?? value) : value;
}

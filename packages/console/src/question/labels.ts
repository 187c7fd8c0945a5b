import type { Column, Row } from "../api/column.js";
import type { I18n } from "../i18n/context.js";
import { valueText } from "./value.js";

/** What a row is about: the values of these keys. */
export function labelOf(
  keys: readonly Column[],
  row: Row,
  breakdown: string,
  words: Pick<I18n, "text" | "format">,
): string {
  return keys.map((key) => valueText(key, row, breakdown, words)).join(" · ");
}

/** The same for the collector and for tests: the values as they came. */
export const keyOf = (keys: readonly Column[], row: Row): string =>
  JSON.stringify(keys.map(({ name }) => row[name] ?? null));

import type { Column, Row } from "../api/column.js";
import type { I18n } from "../i18n/context.js";
import type { Messages } from "../i18n/en.js";
import { fieldLabel, nameOf } from "../i18n/names.js";
import { valueText } from "./value.js";

/** The name of a column: the group's is that of the field which makes the groups. */
export const headOf = ({ name }: Column, breakdown: string, text: Messages): string =>
  name === "group" && breakdown !== "" ? fieldLabel(text, breakdown) : nameOf(text, name);

/** What a row is about: the values of these keys; where there are none, it is about all. */
export function labelOf(
  keys: readonly Column[],
  row: Row,
  breakdown: string,
  words: Pick<I18n, "text" | "format">,
): string {
  if (keys.length === 0) return words.text.question.all;
  return keys.map((key) => valueText(key, row, breakdown, words)).join(" · ");
}

/** The same for the collector and for tests: the values as they came. */
export const keyOf = (keys: readonly Column[], row: Row): string =>
  JSON.stringify(keys.map(({ name }) => row[name] ?? null));

import { numberOf, textOf, type Column, type Row } from "../api/column.js";
import type { I18n } from "../i18n/context.js";
import { groupLabel } from "../funnel/group-label.js";
import type { Messages } from "../i18n/en.js";
import { termOf } from "../i18n/terms.js";

type Words = Pick<I18n, "text" | "format">;

/** A number as the kind of its column is written; null becomes a dash. */
export function numberText(
  { kind, name, currency }: Column,
  value: number | null,
  row: Row,
  { format }: Words,
): string {
  if (value === null) return format.percent(null);
  if (kind === "share") return format.percent(value);
  if (kind === "seconds" || name.endsWith("Seconds")) return format.signedDuration(value);
  if (kind === "money" && currency !== undefined) return format.money(value, textOf(row, currency));
  return kind === "count" ? format.number(value) : format.measure(value);
}

/** A difference of two values of the column: of shares in points, with its sign. */
export function differenceText(column: Column, value: number, row: Row, words: Words): string {
  const sign = value > 0 ? "+" : "";
  if (column.kind === "share") {
    return words.text.question.points(sign + words.format.measure(value * 100));
  }
  return sign + numberText(column, value, row, words);
}

/** Any value of a row as the reader's language writes it. */
export function valueText(column: Column, row: Row, breakdown: string, words: Words): string {
  const { text, format } = words;
  const { name, kind } = column;
  const plain = textOf(row, name);
  switch (kind) {
    case "dimension":
      if (name === "group") return groupLabel(plain, breakdown, words);
      return plain === "" ? text.question.empty : wordOf(text, name, plain);
    case "day":
      return plain === "" ? format.percent(null) : format.day(plain);
    case "moment":
      return plain === "" ? format.percent(null) : momentText(plain, words);
    case "flag":
      return plain === "true" || plain === "1" ? text.question.yes : text.question.no;
    case "object":
    case "list":
      return plain;
    default:
      return numberText(column, numberOf(row, name), row, words);
  }
}

/** Midnight, UTC, is a day: that of a bucket. */
const momentText = (iso: string, { format }: Words): string =>
  /T00:00:00(\.0+)?Z$/.test(iso) ? format.day(iso) : format.dateTime(iso);

const CHANNELS = new Set(["channel", "fromChannel", "toChannel"]);

/** A channel is one of contact or one of acquisition; both are called so where they are counted. */
function wordOf(text: Messages, name: string, value: string): string {
  if (!CHANNELS.has(name)) return termOf(text, name, value);
  const word = termOf(text, "channel", value);
  return word === value ? termOf(text, "acquisitionChannel", value) : word;
}

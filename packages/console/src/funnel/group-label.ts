import type { Format } from "../format/format.js";
import type { Messages } from "../i18n/en.js";
import { termOf } from "../i18n/terms.js";

/** Breakdowns whose groups are dates and stand in the order of time. */
export function isInTime(breakdown: string): boolean {
  return breakdown === "week" || breakdown === "day";
}

/** A group as the reader's language names it; the value itself stays in CSV, SQL and addresses. */
export function groupLabel(
  name: string,
  breakdown: string,
  { text, format }: { text: Messages; format: Format },
): string {
  if (name === "") return text.result.unknownGroup;
  if (breakdown === "day") return format.day(name);
  if (breakdown === "week") return text.result.week(format.day(name));
  return termOf(text, breakdown, name);
}

import { LIMITS } from "@balise/schema/limits";
import { cut } from "./cut.js";

/** Texts that may be longer than the rest, in UTF-16 units. */
const LONG: { [field: string]: number } = {
  text: LIMITS.textCharacters,
  url: LIMITS.urlCharacters,
  title: LIMITS.urlCharacters,
  referrer: LIMITS.urlCharacters,
};

/**
 * A part of an event with its texts cut to what the wire takes, without what is null. In a page,
 * a campaign or a context everything is a text: with `alone`, the rest is left out.
 */
export function fitTexts(part: object, alone: boolean): { [field: string]: unknown } {
  const fitted: { [field: string]: unknown } = {};
  for (const [field, value] of Object.entries(part)) {
    if (typeof value === "string")
      fitted[field] = cut(value, LONG[field] ?? LIMITS.shortCharacters);
    else if (!alone && value !== null) fitted[field] = value;
  }
  return fitted;
}

/**
 * What the collector takes out of texts by check digits, lists of countries and folded letters
 * (its `scrub` folder, as much as all widgets weigh) is taken out here by its look: the usual ways
 * to write it, here and there a number too much. Both call it the same, and the collector looks
 * again.
 */
const LOOKS: [look: RegExp, name: string][] = [
  [
    /[^\s@<>()[\],;:"]+(?:@| @ | ?[([]at[)\]] ?)(?!\dx)[^\s@<>()[\],;:"/]*\.[\p{L}-]{2,}/giu,
    "[email]",
  ],
  [
    /\b(?:[A-Z]{2}[\p{Zs}-]?|[a-z]{2})\d\d(?=(?:\P{N}*\d){8})(?:[\p{Zs}.-]?[\dA-Za-z]){10,29}\d[A-Z]?\b/gu,
    "[iban]",
  ],
  // Thirteen digits to nineteen; issuers begin with 2 to 6.
  [/(?<![\w#.-])[2-6](?:[\p{Zs}-]?\d){12,18}(?![\w-])/gu, "[card]"],
  // What begins with + or 0 and is no date; America's 202-555-0143.
  [
    /(?<![\w#-]|\d[./])(?!\d\d?[./-]\d\d?[./-]\d{4})(?:(?:\+\d|\(?0)(?:[\p{Zs}./()-]{0,3}\d){8,13}|\(?[2-9]\d\d[).-] ?\d{3}[.-]\d{4})(?!\w)/gu,
    "[phone]",
  ],
];

export function scrub(text: string): string {
  return LOOKS.reduce((left, [look, name]) => left.replace(look, name), text);
}

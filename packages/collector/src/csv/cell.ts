import { describe } from "@balise/schema";
import { RowError } from "./failure.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** With a decimal comma; French exports part thousands by spaces of several kinds, German ones by points. */
const COMMA_NUMBER = /^[+-]?(\d{1,3}(?:[\s.]\d{3})+|\d+)(,\d+)?$/u;
const TRUE: ReadonlySet<string> = new Set(["true", "1", "yes", "y", "oui", "o", "vrai"]);
const FALSE: ReadonlySet<string> = new Set(["false", "0", "no", "n", "non", "faux"]);

/** @throws RowError for what is no number with that decimal mark. */
export function numberOf(field: string, cell: string, decimal: "," | "." = "."): number {
  const text = cell.trim();
  const point =
    decimal === "."
      ? text
      : COMMA_NUMBER.test(text)
        ? text.replaceAll(/[\s.]/gu, "").replace(",", ".")
        : "";
  if (NUMBER.test(point) && Number.isFinite(Number(point))) return Number(point);
  const remedy =
    decimal === "."
      ? 'write 12.5, or give the column "decimal": "," in the mapping'
      : 'the mapping says "decimal": ",", so write 1 234,5';
  throw new RowError("invalid_field", `${field}: ${describe(cell)} is not a number: ${remedy}`);
}

/** @throws RowError for what says neither yes nor no, in English or French. */
export function booleanOf(field: string, cell: string): boolean {
  const text = cell.trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new RowError(
    "invalid_field",
    `${field}: ${describe(cell)} is not a boolean: write true or false`,
  );
}

/** Spreadsheets write `="0042"` to keep zeros, and formulas that were never computed or went wrong. */
const FORMULA = /^(=[^=\s]|#[A-Z/0-9]+[!?]$|#N\/A$)/;
/** What they make of a long number. */
const SHORTENED = /^\d[.,]\d+E\+\d+$/;

/**
 * What names a person or a thing: where a spreadsheet has spoilt it, many would become one.
 * @throws RowError for what a spreadsheet made.
 */
export function nameOf(field: string, cell: string): string {
  const text = cell.trim();
  if (FORMULA.test(text)) {
    throw new RowError(
      "invalid_field",
      `${field}: ${describe(cell)} is a formula: export the values of the cells`,
    );
  }
  if (SHORTENED.test(text)) {
    throw new RowError(
      "invalid_field",
      `${field}: ${describe(cell)} was shortened by a spreadsheet: export the column as text`,
    );
  }
  return text;
}

import { describe } from "@balise/schema";
import { RowError } from "./failure.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TRUE: ReadonlySet<string> = new Set(["true", "1", "yes", "y", "oui", "o", "vrai"]);
const FALSE: ReadonlySet<string> = new Set(["false", "0", "no", "n", "non", "faux"]);

/** @throws RowError for what is no number with a decimal point. */
export function numberOf(field: string, cell: string, decimal: "," | "." = "."): number {
  // French exports part thousands by spaces of several kinds.
  const text = decimal === "." ? cell.trim() : cell.replaceAll(/[\s.]/gu, "").replace(",", ".");
  if (!NUMBER.test(text) || !Number.isFinite(Number(text))) {
    throw new RowError(
      "invalid_field",
      `${field}: ${describe(cell)} is not a number: write 12.5, or give the column "decimal": "," in the mapping`,
    );
  }
  return Number(text);
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

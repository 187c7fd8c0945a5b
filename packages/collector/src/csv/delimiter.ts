import { ImportError } from "./failure.js";

const CANDIDATES = [",", ";", "\t", "|"] as const;

/** The delimiter that the header uses most outside of quotes; a comma when it has but one column. */
export function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, "");
  const [best] = CANDIDATES.map((candidate) => ({
    candidate,
    count: bare.split(candidate).length - 1,
  })).toSorted((a, b) => b.count - a.count);
  return best?.candidate ?? ",";
}

/** What `--delimiter` names: a character, or `tab`. */
export function givenDelimiter(option: string): string {
  if (option === "tab" || option === "\\t") return "\t";
  if (option.length === 1 && !/["\r\n]/.test(option)) return option;
  throw new ImportError(
    `--delimiter ${JSON.stringify(option)} must be one character, such as ";", or tab`,
  );
}

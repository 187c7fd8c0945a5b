const IDENTIFIER = /^[A-Za-z0-9_-]{20,}={0,2}$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** 26 characters of Crockford's base 32, the first from 0 to 7. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Whether a path segment or a value is a secret: base64url of 20 characters and more, or 32 and
 * more of hexadecimal and the like. Random characters change between letters and digits, upper and
 * lower case, all the time; the words of a slug do not. UUIDs and ULIDs are identifiers.
 */
export function isSecret(text: string): boolean {
  if (!IDENTIFIER.test(text) || UUID.test(text) || ULID.test(text)) return false;
  const { upper, lower, digits, changes } = countsOf(text);
  if (digits === 0) return false;
  if (upper > 0 && lower > 0) return changes >= 0.4 * text.length;
  const letters = upper + lower;
  return /[A-Za-z0-9]{32}/.test(text) && letters >= 4 && digits >= 4 && changes >= text.length / 5;
}

interface Counts {
  upper: number;
  lower: number;
  digits: number;
  changes: number;
}

function countsOf(text: string): Counts {
  const counts: Counts = { upper: 0, lower: 0, digits: 0, changes: 0 };
  let before = "";
  for (const character of text) {
    const kind = kindOf(character);
    if (kind === "") continue;
    counts[kind] += 1;
    if (before !== "" && before !== kind) counts.changes += 1;
    before = kind;
  }
  return counts;
}

function kindOf(character: string): "upper" | "lower" | "digits" | "" {
  if (character >= "0" && character <= "9") return "digits";
  if (character >= "a" && character <= "z") return "lower";
  return character >= "A" && character <= "Z" ? "upper" : "";
}

/** What a UTF-16 unit can mean for a search, one byte a unit, so that a hot loop asks one table. */
export const PLAIN = 0;
/** An ASCII digit. */
export const DIGIT = 1;
/** No personal data without a closer look: `@`, `=`, and whatever `fold` changes. */
export const TELLING = 2;
/** Telling with certain neighbours alone. */
export const HINT = 3;

/**
 * Units that `fold` changes: digits of other scripts, full-width and small forms, mathematical
 * letters and digits, and characters that show nothing.
 */
const FOLDED = /[\p{Nd}\p{Cf}\p{DI}\uff01-\uff5e\ufe50-\ufe6b\ud835\udb40]/u;

const BRACKETS_AND_LETTERS = "%([{<bBJ";

export const KINDS: Uint8Array = kinds();

function kinds(): Uint8Array {
  const table = new Uint8Array(0x1_0000);
  for (let unit = 0x80; unit < table.length; unit++) {
    if (FOLDED.test(String.fromCharCode(unit))) table[unit] = TELLING;
  }
  for (let unit = 0x30; unit <= 0x39; unit++) table[unit] = DIGIT;
  for (const character of "@=") table[character.charCodeAt(0)] = TELLING;
  for (const character of BRACKETS_AND_LETTERS) table[character.charCodeAt(0)] = HINT;
  return table;
}

/** True for a unit of the text that is a letter or a digit; what is past the text is neither. */
export function isWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return WORD.test(text.charAt(at));
  return unit >= 0x80 && LETTER.test(text.charAt(at));
}

const WORD = /[A-Za-z0-9]/;
const LETTER = /[\p{L}\p{N}]/u;

/** Digits one after the other. */
export interface Group {
  start: number;
  end: number;
}

/** What may stand between the digits of one number: spaces, dashes, dots, slashes, brackets. */
const SEPARATORS: ReadonlySet<number> = new Set(
  Array.from(
    " \t\u00a0\u2007\u2008\u2009\u200a\u2010\u2011\u2012\u2013\u202f\u2212.()/-",
    (separator) => separator.charCodeAt(0),
  ),
);

/** Separators in a row past which a new number starts, as in `+33 (0)6`. */
const MOST_SEPARATORS = 3;

/** The numbers of a text, each as its groups of digits. Every character is looked at once. */
export function numbersIn(text: string): Group[][] {
  const numbers: Group[][] = [];
  let groups: Group[] = [];
  let separators = 0;
  for (let at = 0; at < text.length; at++) {
    if (isDigit(text, at)) {
      const start = at;
      while (isDigit(text, at + 1)) at++;
      groups.push({ start, end: at + 1 });
      separators = 0;
    } else if (groups.length > 0) {
      separators += 1;
      if (separators <= MOST_SEPARATORS && SEPARATORS.has(text.charCodeAt(at))) continue;
      numbers.push(groups);
      groups = [];
      separators = 0;
    }
  }
  if (groups.length > 0) numbers.push(groups);
  return numbers;
}

export function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0x30 && unit <= 0x39;
}

export function sizeOf(group: Group | undefined): number {
  return group === undefined ? 0 : group.end - group.start;
}

/** The digits of some groups. */
export function digitsOf(text: string, groups: readonly Group[]): string {
  return groups.map(({ start, end }) => text.slice(start, end)).join("");
}

/** The sizes of some groups, such as `2-2-2-2-2`. */
export function shapeOf(groups: readonly Group[]): string {
  return groups.map(sizeOf).join("-");
}

/** A token of ClickHouse's SQL: enough of the lexer to find keywords outside of strings and comments. */
export interface Token {
  kind: "word" | "quoted" | "string" | "number" | "punctuation";
  /** As written. */
  text: string;
  /** Offsets in the source, in UTF-16 units. */
  start: number;
  end: number;
  /** How many brackets are open around it. */
  depth: number;
}

const SPACE = /[\s\u00a0\ufeff\u200b-\u200d\u2060]/;
const WORD_START = /[\p{L}_]/u;
const CLOSING: Record<string, string> = { "'": "'", "‘": "’", '"': '"', "`": "`", "“": "”" };

/**
 * Walks over a statement lazily: a caller that stops at `FORMAT` never touches the data behind it.
 * Never throws: an unterminated string or comment reaches to the end.
 */
export function* lex(source: string): Generator<Token> {
  let at = 0;
  let depth = 0;
  const token = (kind: Token["kind"], end: number): Token => {
    const start = at;
    at = end;
    return { kind, text: source.slice(start, end), start, end, depth };
  };
  while (at < source.length) {
    const char = source.charAt(at);
    const next = source.charAt(at + 1);
    if (SPACE.test(char)) at += 1;
    else if (char === "-" && next === "-") at = endOfLine(source, at);
    else if (char === "#" && (next === " " || next === "!")) at = endOfLine(source, at);
    else if (char === "/" && next === "*") at = endOf(source, "*/", at + 2);
    else if (CLOSING[char] !== undefined) {
      const kind = char === "'" || char === "‘" ? "string" : "quoted";
      yield token(kind, endOfQuoted(source, at, CLOSING[char]));
    } else if (char === "$" && heredoc(source, at) !== undefined) {
      yield token("string", heredoc(source, at) ?? source.length);
    } else if (/\d/.test(char)) yield token("number", endOfWord(source, at));
    else if (WORD_START.test(char)) yield token("word", endOfWord(source, at));
    else {
      if (/[)\]}]/.test(char)) depth = Math.max(0, depth - 1);
      yield token("punctuation", at + 1);
      if (/[([{]/.test(char)) depth += 1;
    }
  }
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

function endOfLine(source: string, from: number): number {
  return endOf(source, "\n", from);
}

function endOfWord(source: string, from: number): number {
  let end = from + 1;
  while (end < source.length && /[\p{L}\p{N}_$]/u.test(source.charAt(end))) end += 1;
  return end;
}

/** Quotes are escaped by a backslash or by doubling. */
function endOfQuoted(source: string, from: number, quote: string): number {
  for (let at = from + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === "\\") at += 1;
    else if (char === quote) {
      if (source.charAt(at + 1) !== quote) return at + 1;
      at += 1;
    }
  }
  return source.length;
}

/** End of `$tag$ … $tag$`, or undefined when no such string starts here. */
function heredoc(source: string, from: number): number | undefined {
  const tag = /^\$\w*\$/.exec(source.slice(from, from + 130))?.[0];
  if (tag === undefined) return undefined;
  const close = source.indexOf(tag, from + tag.length);
  return close < 0 ? undefined : close + tag.length;
}

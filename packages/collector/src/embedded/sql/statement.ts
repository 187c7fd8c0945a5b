import { exception } from "../exception.js";
import { lex, type Token } from "./lex.js";

/** What the HTTP interface must know about a statement in order to run it. */
export type Statement =
  | {
      kind: "insert";
      /** `INSERT INTO t (a, b)`: what stands before the settings and the format. */
      head: string;
      /** `SETTINGS …`, or nothing. */
      settings: string;
      format: string;
      /** Where the rows begin in the text. */
      dataStart: number;
    }
  | {
      kind: "read";
      /** Without its FORMAT clause and closing semicolon. */
      text: string;
      format: string | undefined;
      /** SELECT: chDB can hand its result out in pieces. */
      select: boolean;
    }
  | { kind: "command"; text: string };

const READS = new Set(["SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN"]);

/**
 * Tells inserts with data, reads and everything else apart. Refuses what ClickHouse refuses over HTTP:
 * an empty query, several statements, `INTO OUTFILE`, `FROM INFILE`.
 *
 * @throws ClickHouseException
 */
export function readStatement(source: string): Statement {
  const first = firstWord(source);
  if (first === undefined) throw exception("SYNTAX_ERROR", "Syntax error: empty query.");
  if (first === "INSERT") {
    const insert = readInsert(source);
    if (insert !== undefined) return insert;
  }
  const tokens = [...lex(source)];
  const text = singleStatement(source, tokens);
  refuseFiles(tokens);
  const select = first === "SELECT" || first === "FROM" || first === "WITH";
  const writes = first === "WITH" && tokens.some((t) => t.depth === 0 && word(t) === "INSERT");
  if (!READS.has(first) || writes) return { kind: "command", text };
  return { kind: "read", select, ...withoutFormat(text) };
}

const word = (token: Token | undefined): string | undefined =>
  token?.kind === "word" ? token.text.toUpperCase() : undefined;

/** The first keyword; brackets before it do not count: `(SELECT 1) UNION ALL …`. */
function firstWord(source: string): string | undefined {
  for (const token of lex(source)) {
    if (token.text === "(") continue;
    if (token.text === ";") return undefined;
    return word(token) ?? token.text;
  }
  return undefined;
}

function readInsert(source: string): Statement | undefined {
  let position = 0;
  let headEnd: number | undefined;
  let previous: string | undefined;
  const tokens = lex(source);
  for (const token of tokens) {
    const name = token.depth === 0 ? word(token) : undefined;
    const isTarget = position > 0 && (previous === "INTO" || previous === "TABLE");
    position += 1;
    if (!isTarget || name === "TABLE" || name === "FUNCTION") {
      if (name === "SELECT" || name === "WITH" || name === "WATCH") return undefined;
      if (name === "INFILE") throw infile();
      if (name === "SETTINGS") headEnd ??= token.start;
      if (name === "VALUES") return insertOf(source, headEnd, token, "Values", token.end);
      if (name === "FORMAT") {
        const format = tokens.next().value;
        if (format === undefined || format.kind !== "word") return undefined;
        return insertOf(source, headEnd, token, format.text, skipSeparator(source, format.end));
      }
    }
    previous = name;
  }
  return undefined;
}

function insertOf(
  source: string,
  headEnd: number | undefined,
  keyword: Token,
  format: string,
  dataStart: number,
): Statement {
  const cut = headEnd ?? keyword.start;
  return {
    kind: "insert",
    head: source.slice(0, cut),
    settings: source.slice(cut, keyword.start),
    format,
    dataStart,
  };
}

/** Between the format's name and the rows stand blanks, at most one semicolon and one line break. */
function skipSeparator(source: string, from: number): number {
  const gap = /^[ \t]*;?[ \t]*(?:\r?\n)?/.exec(source.slice(from, from + 4096))?.[0] ?? "";
  return from + gap.length;
}

function singleStatement(source: string, tokens: Token[]): string {
  const end = tokens.findIndex((token) => token.depth === 0 && token.text === ";");
  if (end < 0) return source;
  const extra = tokens.slice(end).find((token) => token.text !== ";");
  if (extra !== undefined) {
    throw exception(
      "SYNTAX_ERROR",
      `Syntax error (Multi-statements are not allowed): failed at position ${extra.start + 1}: send one statement per request.`,
    );
  }
  return source.slice(0, tokens[end]?.start);
}

const infile = () =>
  exception(
    "UNKNOWN_TYPE_OF_QUERY",
    "FROM INFILE is not allowed over HTTP: send the rows as the body of the request.",
  );

function refuseFiles(tokens: Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const next = word(tokens[index + 1]);
    if (word(token) === "INTO" && next === "OUTFILE") {
      throw exception("INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed over HTTP.");
    }
    if (word(token) === "FROM" && next === "INFILE" && tokens[index + 2]?.kind === "string") {
      throw infile();
    }
  }
}

/** Takes `FORMAT Name` out of the end of a statement, where only SETTINGS may follow it. */
function withoutFormat(text: string): { text: string; format: string | undefined } {
  const tokens = [...lex(text)];
  for (let index = tokens.length - 2; index > 0; index -= 1) {
    const [keyword, name, after] = tokens.slice(index, index + 3);
    if (keyword?.depth !== 0 || word(keyword) !== "FORMAT" || name?.kind !== "word") continue;
    if (after !== undefined && word(after) !== "SETTINGS") continue;
    return {
      text: `${text.slice(0, keyword.start)}${text.slice(name.end)}`,
      format: name.text,
    };
  }
  return { text, format: undefined };
}

/**
 * Writes a JSON line column by column. On the hot path: an object with every column, handed to
 * `JSON.stringify`, costs ten times as much, because most columns of most events are absent.
 */
export class Line {
  #text: string;
  #long = false;

  /** Goes on from the open object that another line has begun. */
  constructor(begun = "{") {
    this.#text = begun;
  }

  /** The object as far as it is written, open. */
  get text(): string {
    return this.#text;
  }

  /** A column; `undefined` leaves it to its default. */
  add(column: string, value: string | number | boolean | object | undefined): this {
    if (value === undefined) return this;
    const separator = this.#text.length === 1 ? '"' : ',"';
    const json = typeof value === "string" ? quoted(value) : JSON.stringify(value);
    if (typeof value === "object" && LONG_NUMBER.test(json)) this.#long = true;
    this.#text += `${separator}${column}":${json}`;
    return this;
  }

  /**
   * The line. A lone half of a surrogate pair, which JavaScript allows and UTF-8 does not, is
   * U+FFFD in it; a whole number past 64 bits, which ClickHouse's JSON refuses, is written as a
   * decimal one.
   */
  end(): string {
    const text = `${this.#text}}`;
    const clean = text.includes("\\ud") ? wellFormed(text) : text;
    return this.#long ? withoutHugeIntegers(clean) : clean;
  }
}

/** Where a number may stand that is past 64 bits. */
const LONG_NUMBER = /[:,[]-?\d{19}/;

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

function withoutHugeIntegers(json: string): string {
  return json.replace(STRING_OR_NUMBER, (token) => {
    if (!/^-?\d{19,}$/.test(token)) return token;
    const number = Number(token);
    return number >= 2 ** 64 || number <= -(2 ** 63) ? `${token}.0` : token;
  });
}

/** What must be escaped in JSON: control characters, quotes, backslashes, and halves of pairs. */
// oxlint-disable-next-line no-control-regex -- JSON escapes control characters
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function wellFormed(text: string): string {
  const row: unknown = JSON.parse(text);
  return JSON.stringify(row, (_key, part: unknown) => {
    if (typeof part === "string") return part.toWellFormed();
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, child]) => [key.toWellFormed(), child]),
    );
  });
}

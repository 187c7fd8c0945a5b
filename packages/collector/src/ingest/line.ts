/**
 * Writes a JSON line column by column. On the hot path: an object with every column, handed to
 * `JSON.stringify`, costs ten times as much, because most columns of most events are absent.
 */
export class Line {
  #text = "{";

  /** A column; `undefined` leaves it to its default. */
  add(column: string, value: string | number | boolean | object | undefined): this {
    if (value === undefined) return this;
    const separator = this.#text.length === 1 ? '"' : ',"';
    this.#text +=
      separator +
      column +
      '":' +
      (typeof value === "string" ? quoted(value) : JSON.stringify(value));
    return this;
  }

  /**
   * The line. A lone half of a surrogate pair, which JavaScript allows and UTF-8 does not, is
   * U+FFFD in it.
   */
  end(): string {
    const text = `${this.#text}}`;
    return text.includes("\\ud") ? wellFormed(text) : text;
  }
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

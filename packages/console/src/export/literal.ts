const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};

/** A text as ClickHouse reads it between quotes. https://clickhouse.com/docs/sql-reference/syntax#string */
export function quoted(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r\t\0]/g, (character) => ESCAPES[character] ?? "")}'`;
}

/**
 * A value as a constant of a ClickHouse type. Other types than String are cast as ClickHouse casts
 * its parameters: the plain number 5 would be a UInt8, whatever is asked for.
 */
export function literal(value: unknown, type: string): string {
  return type === "String" ? quoted(String(value)) : `CAST(${element(value)}, ${quoted(type)})`;
}

function element(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(element).join(", ")}]`;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return String(value);
  }
  if (value === null || value === undefined) return "NULL";
  return quoted(typeof value === "string" ? value : JSON.stringify(value));
}

import type { Meta } from "../api/types.js";

/**
 * The statement with its parameters, ready for `clickhouse-client` (`SET param_…`) or any client
 * that takes parameters.
 */
export function sqlText(meta: Meta): string {
  const settings = Object.entries(meta.params).map(
    ([name, value]) => `SET param_${name} = ${literal(value)};`,
  );
  return [...settings, meta.sql.trim()].join("\n");
}

/** A parameter is given as text: the text form of an array is its own literal. */
function literal(value: unknown): string {
  const text = typeof value === "string" ? value : element(value);
  return quote(text);
}

function element(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(element).join(",")}]`;
  if (typeof value === "string") return quote(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

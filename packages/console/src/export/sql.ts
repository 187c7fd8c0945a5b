import type { Meta } from "../api/types.js";
import { literal } from "./literal.js";

/** Texts, quoted names and comments, which are left as they are, or a parameter: `{name:Type}`. */
const PIECE =
  /'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{(\w+):([^{}]+)\}/g;

/**
 * The statement with its parameters' values in their places: one statement, so that it runs as it
 * is in any client, also in those over HTTP, which refuse several.
 */
export function sqlText({ sql, params }: Meta): string {
  return sql.trim().replaceAll(PIECE, (piece: string, name?: string, type?: string) => {
    if (name === undefined || type === undefined || !Object.hasOwn(params, name)) return piece;
    return literal(params[name], type.trim());
  });
}

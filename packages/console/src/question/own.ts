import type { Schema } from "../api/question.js";

/** How a parameter is edited. */
export type Editor = "choice" | "flag" | "number" | "text" | "texts" | "json";

export function editorOf(schema: Schema): Editor {
  if (schema.enum !== undefined) return "choice";
  if (schema.type === "boolean") return "flag";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "string") return "text";
  return schema.type === "array" && schema.items?.type === "string" ? "texts" : "json";
}

export type Parsed = { ok: true; value: unknown } | { ok: false };

const WRONG: Parsed = { ok: false };

/** The value that a text stands for, by the parameter's schema. */
export function parseOwn(schema: Schema, text: string): Parsed {
  switch (editorOf(schema)) {
    case "choice":
      return schema.enum?.includes(text) === true ? { ok: true, value: text } : WRONG;
    case "flag":
      return { ok: true, value: text === "true" };
    case "number":
      return numberIn(schema, text);
    case "text":
      return text.length <= (schema.maxLength ?? Infinity) ? { ok: true, value: text } : WRONG;
    case "texts":
      return { ok: true, value: textsOf(text) };
    default:
      return jsonOf(text);
  }
}

/** The text of a value, which `parseOwn` reads again. */
export function writeOwn(schema: Schema, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (editorOf(schema) === "texts" && Array.isArray(value)) {
    const texts = value.map(String);
    const plain = texts.every((text) => text === text.trim() && text !== "" && !text.includes(","));
    return plain ? texts.join(", ") : JSON.stringify(texts);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function numberIn({ type, minimum, maximum }: Schema, text: string): Parsed {
  const value = Number(text.replace(",", "."));
  const fits =
    text.trim() !== "" &&
    Number.isFinite(value) &&
    (type !== "integer" || Number.isInteger(value)) &&
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity);
  return fits ? { ok: true, value } : WRONG;
}

function textsOf(text: string): string[] {
  if (text.startsWith("[")) {
    const parsed = jsonOf(text);
    if (parsed.ok && Array.isArray(parsed.value)) return parsed.value.map(String);
  }
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function jsonOf(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return WRONG;
  }
}

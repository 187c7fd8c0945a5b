import { readFileSync } from "node:fs";

const folder = new URL("../../sql/", import.meta.url);
const texts = new Map<string, string>();

/** The text of a file below `sql/`, such as `live_events` or `parts/units_person`. */
export function sqlFile(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`${name}.sql`, folder), "utf8").trimEnd();
  texts.set(name, text);
  return text;
}

/** The statement of a file without the comments at its head. */
export function statementOf(text: string): string {
  return text.replace(/^(--.*\n)+/, "").trimEnd();
}

/** One line of a file's header, such as `question`; lines that go on are joined. */
export function headerOf(text: string, field: string): string {
  const lines = /^(?:--.*(?:\n|$))*/.exec(text)?.[0].split("\n") ?? [];
  const start = lines.findIndex((line) => line.startsWith(`-- ${field}: `));
  if (start === -1) return "";
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith("--   "));
  const more = rest.slice(0, end === -1 ? rest.length : end).map((line) => line.slice(5));
  return [lines[start]?.slice(`-- ${field}: `.length) ?? "", ...more].join(" ");
}

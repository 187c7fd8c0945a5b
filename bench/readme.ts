import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../README.md", import.meta.url);

/** Puts a table of a recorded run between the README's comments `<!-- name: … -->` and `<!-- end of name -->`. */
export function writeTable(name: string, head: readonly string[], rows: readonly string[][]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const table = [head, head.map(() => "---"), ...rows].map(line).join("\n");
  const marked = new RegExp(`(<!-- ${name}: .* -->\n\n)[^]*?(\n\n<!-- end of ${name} -->)`);
  const text = readFileSync(FILE, "utf8");
  if (!marked.test(text)) throw new Error(`README.md has no place for the table "${name}"`);
  writeFileSync(
    FILE,
    text.replace(marked, (_, before: string, after: string) => before + table + after),
  );
}

import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../README.md", import.meta.url);

/**
 * Puts a table of a recorded run between the README's comments `<!-- name: … -->` and
 * `<!-- end of name -->`, below the words that tell what it shows.
 */
export function writeTable(
  name: string,
  head: readonly string[],
  rows: readonly string[][],
  words?: string,
): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const table = [head, head.map(() => "---"), ...rows].map(line).join("\n");
  const block = words === undefined ? table : `${words}\n\n${table}`;
  const marked = new RegExp(`(<!-- ${name}: .* -->\n)[^]*?(<!-- end of ${name} -->)`);
  const text = readFileSync(FILE, "utf8");
  if (!marked.test(text)) throw new Error(`README.md has no place for the table "${name}"`);
  const put = (_: string, before: string, after: string): string =>
    `${before}\n${block}\n\n${after}`;
  writeFileSync(FILE, text.replace(marked, put));
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The page for the developer who adds the tag. */
export const DOCUMENT = join(import.meta.dirname, "../../docs/developer.md");

export interface Block {
  language: string;
  /** Where the block's first line says that it belongs; empty for a block that is no file. */
  file: string;
  text: string;
}

/** The page's code blocks, in their order. */
export function readBlocks(): Block[] {
  const found = readFileSync(DOCUMENT, "utf8").matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...found].map(([, language = "", body = ""]) => {
    const [whole = "", line, comment] = /^(?:\/\/ (\S+)|<!-- (\S+) -->)\n/.exec(body) ?? [];
    return { language, file: line ?? comment ?? "", text: body.slice(whole.length) };
  });
}

/** The first block that begins so. */
export function blockOf(blocks: readonly Block[], start: string): Block {
  const found = blocks.find(({ text }) => text.startsWith(start));
  if (found === undefined) throw new Error(`the page has no block that begins with ${start}`);
  return found;
}

/** Writes the blocks that are files, with words replaced that stand for a reader's own. */
export function writeFiles(
  blocks: readonly Block[],
  folder: string,
  words: Readonly<Record<string, string>>,
): void {
  for (const { file, text } of blocks) {
    if (file === "") continue;
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fillIn(text, words));
  }
}

export function fillIn(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce((filled, [from, to]) => filled.replaceAll(from, to), text);
}

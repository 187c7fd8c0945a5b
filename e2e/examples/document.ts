import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Block {
  language: string;
  /** Where the block's first line says that it belongs; empty for a block that is no file. */
  file: string;
  text: string;
}

/** The code blocks of a document, in their order. */
export function blocksOf(path: string): Block[] {
  const found = readFileSync(path, "utf8").matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...found].map(([, language = "", body = ""]) => {
    const [whole = "", line, comment] = /^(?:\/\/ (\S+)|<!-- (\S+) -->)\n/.exec(body) ?? [];
    return { language, file: line ?? comment ?? "", text: body.slice(whole.length) };
  });
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

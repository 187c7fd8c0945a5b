import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** What a build of the folder may copy: all but what `.dockerignore` names; its last match counts. */
export function contextOf(folder: string): {
  holds: (path: string) => boolean;
  copy: (from: string, to: string) => void;
} {
  const rules = readFileSync(join(folder, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ keeps: line.startsWith("!"), pattern: line.replace(/^!/, "") }));
  const holds = (path: string): boolean =>
    rules.findLast(({ pattern }) => matches(pattern, path))?.keeps ?? true;
  return {
    holds,
    copy: (from, to) =>
      cpSync(join(folder, from), to, {
        recursive: true,
        filter: (file) => holds(relative(folder, file)),
      }),
  };
}

/** A pattern that matches a folder matches all that is in it. */
function matches(pattern: string, path: string): boolean {
  const source = pattern.replaceAll(
    /\*\*\/|\*|[.+^${}()|[\]\\]/g,
    (sign) => WILD[sign] ?? `\\${sign}`,
  );
  return new RegExp(`^${source}(?:/.*)?$`).test(path);
}

const WILD: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "*": "[^/]*" };

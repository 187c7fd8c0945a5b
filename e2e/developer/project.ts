import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "../examples/build.js";
import { type Block, writeFiles } from "./document.js";

const ROOT = join(import.meta.dirname, "../..");

/** Where a reader would have installed them; here they are those of the workspace. */
const PACKAGES: Readonly<Record<string, string>> = {
  "@balise": join(folderOf("vite"), "node_modules/@balise"),
  vite: join(folderOf("vite"), "node_modules/vite"),
  typescript: join(folderOf("vite"), "node_modules/typescript"),
  ".bin": join(folderOf("vite"), "node_modules/.bin"),
  vitest: join(ROOT, "node_modules/vitest"),
  "happy-dom": join(ROOT, "node_modules/happy-dom"),
};

const COMPILER = {
  target: "ES2022",
  module: "ESNext",
  moduleResolution: "bundler",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: ["vite/client"],
  strict: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};

/** Makes the site that the files of a document are, in an empty folder; `npm run build` builds it. */
export function makeProject(
  blocks: readonly Block[],
  folder: string,
  words: Readonly<Record<string, string>>,
): void {
  writeFiles(blocks, folder, words);
  mkdirSync(join(folder, "node_modules"));
  for (const [name, path] of Object.entries(PACKAGES))
    symlinkSync(path, join(folder, "node_modules", name));
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  write("tsconfig.json", { compilerOptions: COMPILER, include: ["src"] });
  write("package.json", { type: "module", scripts: { build: "tsc && vite build" } });
}

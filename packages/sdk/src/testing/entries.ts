import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PACKAGE } from "./built.js";

/** Files of the built package that its `exports` name, below `dist`: `index.js`, `auto/clicks.js` … */
export async function entriesOf(dist: string): Promise<string[]> {
  const { exports }: { exports: Record<string, string | { default: string }> } = JSON.parse(
    await readFile(join(PACKAGE, "package.json"), "utf8"),
  );
  const paths = Object.values(exports).map((to) => (typeof to === "string" ? to : to.default));
  const scripts = paths.filter((path) => path.startsWith("./dist/") && path.endsWith(".js"));
  const files = await Promise.all(scripts.map((path) => expand(path.slice(7), dist)));
  return files.flat();
}

async function expand(path: string, dist: string): Promise<string[]> {
  if (!path.includes("*")) return [path];
  const folder = dirname(path);
  const files = await readdir(join(dist, folder));
  return files.filter((file) => file.endsWith(".js")).map((file) => join(folder, file));
}

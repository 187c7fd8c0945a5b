import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pnpmVersion } from "../../scripts/workspace.mjs";
import { makeFolder } from "./folder.js";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** A package as the registry would get it. */
export interface Packed {
  name: string;
  tarball: string;
  /** Where it is unpacked. */
  path: string;
  /** Paths of its files, sorted. */
  files: string[];
  manifest: Record<string, unknown>;
  /** What a user may import: `@balise/sdk`, `@balise/sdk/auto/page-views`… */
  entries: string[];
  remove: () => void;
}

/** Packs the built package of that folder of `packages`. */
export async function pack(folder: string): Promise<Packed> {
  const { path: place, remove } = makeFolder();
  const args = ["--yes", `pnpm@${pnpmVersion()}`, "pack", "--json", "--pack-destination", place];
  await run("npx", args, { cwd: join(ROOT, "packages", folder) });
  const tarball = join(place, readdirSync(place).find((file) => file.endsWith(".tgz")) ?? "");
  await run("tar", ["-xzf", tarball, "-C", place]);
  const path = join(place, "package");
  const files = readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(path, file)).isFile())
    .toSorted();
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
  const { name } = manifest;
  const entries = Object.entries(manifest.exports)
    .flatMap(([entry, target]) => expanded(entry, target, files))
    .map((entry) => join(name, entry));
  return { name, tarball, path, files, manifest: { ...manifest }, entries, remove };
}

interface Manifest {
  name: string;
  exports: Record<string, Target>;
}
type Target = string | { types: string; default: string };

/** An export with a `*` stands for each file that it matches. */
function expanded(entry: string, target: Target, files: string[]): string[] {
  if (!entry.includes("*")) return [entry];
  const path = typeof target === "string" ? target : target.default;
  const [before = "", after = ""] = path.replace("./", "").split("*");
  return files
    .filter((file) => file.startsWith(before) && file.endsWith(after))
    .map((file) => entry.replace("*", file.slice(before.length, -after.length)));
}

/** Puts the package where a user's project has it. */
export function install(packed: Packed, project: string): void {
  const home = join(project, "node_modules", packed.name);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  cpSync(packed.path, home, { recursive: true });
}

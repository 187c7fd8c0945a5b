// Brings a fresh clone to a built workspace with nothing but Node and npm. Used by start and test.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, "node_modules", ".balise");

/** Ends with one line where Node is too old to go on. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `balise: Node ${process.versions.node} is too old: install Node 20.19 or newer\n`,
  );
  process.exit(1);
}

/**
 * Installs and builds what changed since the last time. The examples bring frameworks that the
 * product does without: they are installed where they are asked for.
 */
export function prepareWorkspace({ examples = false } = {}) {
  const lock = hash([join(ROOT, "pnpm-lock.yaml"), join(ROOT, "pnpm-workspace.yaml")]);
  const all = `${lock} with examples`;
  const installed = readStamp("installed");
  if (installed !== all && (examples || installed !== lock)) {
    say("installing (once; this takes a minute or two)");
    run("npx", [
      "--yes",
      `pnpm@${pnpmVersion()}`,
      "install",
      "--frozen-lockfile",
      "--reporter=append-only",
      ...(examples ? [] : ["--filter", "!./examples/*"]),
    ]);
    writeStamp("installed", examples ? all : lock);
  }
  const sources = newest();
  if (readStamp("built") !== sources) {
    say("building");
    run("npx", ["--yes", `pnpm@${pnpmVersion()}`, "run", "build"]);
    // Taken anew: what a first build makes is part of what is looked at.
    writeStamp("built", newest());
  }
}

/** Runs a command of the workspace with its output shown; ends this process where it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (result.status === 0) return;
  process.stderr.write(`balise: "${command} ${args.join(" ")}" failed; the lines above say why\n`);
  process.exit(result.status ?? 1);
}

export function say(text) {
  process.stderr.write(`balise: ${text}\n`);
}

export function pnpmVersion() {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).packageManager.split("@")[1];
}

/** Names, sizes and times of all that a build reads: cheaper than reading it. */
function newest() {
  const sum = createHash("sha256");
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (["dist", "build", "node_modules"].includes(entry.name)) continue;
      const file = join(path, entry.name);
      if (entry.isDirectory()) visit(file);
      else {
        const { mtimeMs, size } = statSync(file);
        sum.update(`${file} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const file of ["package.json", "tsconfig.base.json"])
    sum.update(readFileSync(join(ROOT, file)));
  for (const folder of readdirSync(join(ROOT, "packages"))) {
    visit(join(ROOT, "packages", folder));
    sum.update(String(existsSync(join(ROOT, "packages", folder, "dist"))));
  }
  return sum.digest("hex");
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(readFileSync(file));
  return sum.digest("hex");
}

function readStamp(name) {
  const path = join(STAMPS, name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function writeStamp(name, text) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), text);
}

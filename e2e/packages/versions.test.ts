import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { testFolder } from "../support/folder.js";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** What `npm run versions` reads and writes, elsewhere. */
function workspace(): string {
  const path = testFolder();
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json"])
    copy(path, file);
  for (const folder of ["packages", "examples"]) {
    for (const name of readdirSync(join(ROOT, folder))) {
      const file = `${folder}/${name}/package.json`;
      if (existsSync(join(ROOT, file))) copy(path, file);
    }
  }
  for (const file of ["scripts/version.mjs", "src/version.ts"]) copy(path, `packages/sdk/${file}`);
  symlinkSync(join(ROOT, "node_modules"), join(path, "node_modules"));
  return path;
}

function copy(to: string, file: string): void {
  mkdirSync(join(to, file, ".."), { recursive: true });
  cpSync(join(ROOT, file), join(to, file), { recursive: true });
}

test("npm run versions gives all packages the next version, and the tag tells it", async () => {
  const path = workspace();
  const read = (file: string): string => readFileSync(join(path, "packages", file), "utf8");
  const versionOf = (folder: string): string =>
    (JSON.parse(read(`${folder}/package.json`)) as { version: string }).version;
  const [major, minor] = versionOf("sdk").split(".").map(Number);
  writeFileSync(
    join(path, ".changeset/test.md"),
    '---\n"@balise/schema": minor\n---\n\nA word of what changed.\n',
  );
  await run("npm", ["run", "versions"], { cwd: path });
  const next = `${major}.${Number(minor) + 1}.0`;
  for (const folder of ["schema", "sdk", "collector", "console"]) {
    expect([folder, versionOf(folder)]).toEqual([folder, next]);
  }
  expect(read("sdk/src/version.ts")).toContain(`VERSION = "${next}";`);
  expect(existsSync(join(path, "examples/vite/CHANGELOG.md"))).toBe(false);
  expect(read("schema/CHANGELOG.md")).toContain("A word of what changed.");
});

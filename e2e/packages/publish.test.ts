/** The packages as the registry would get them. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bin } from "../support/bin.js";
import { pack, type Packed } from "../support/packed.js";

const ROOT = join(import.meta.dirname, "../..");

/** What a published folder may hold beside its package.json. */
const KINDS: Record<string, RegExp> = {
  sdk: /^(README\.md|LICENSE|CHANGELOG\.md|dist\/[\w./-]+\.(js|d\.ts|txt))$/,
  schema: /^(README\.md|LICENSE|CHANGELOG\.md|dist\/[\w-]+\.(js|js\.map|d\.ts)|src\/[\w-]+\.ts)$/,
};

describe.each(["sdk", "schema"])("@balise/%s, packed,", (folder) => {
  let packed: Packed;
  beforeAll(async () => {
    packed = await pack(folder);
  });
  afterAll(() => packed?.remove());

  const read = (file: string): string => readFileSync(join(packed.path, file), "utf8");

  test("passes publint", async () => {
    await expect(bin("publint", [packed.tarball, "--strict"])).resolves.toBeUndefined();
  });

  test("has types that are not wrong, at every entry point", async () => {
    const entries = packed.entries.map((entry) => entry.slice(packed.name.length + 1) || ".");
    const options = ["--profile", "esm-only", "--entrypoints", ...entries];
    await expect(bin("attw", [packed.tarball, ...options])).resolves.toBeUndefined();
  });

  test("holds its licence, a README, and nothing that users do not need", () => {
    expect(read("LICENSE")).toBe(readFileSync(join(ROOT, "LICENSE"), "utf8"));
    expect(packed.files).toContain("README.md");
    const kinds = KINDS[folder] ?? /^$/;
    const odd = packed.files.filter((file) => file !== "package.json" && !kinds.test(file));
    expect(odd).toEqual([]);
    expect(packed.files.filter((file) => /test|tsbuildinfo/.test(file))).toEqual([]);
  });

  test("names no place that does not exist, and no package of the workspace alone", () => {
    for (const field of ["repository", "homepage", "bugs", "private"]) {
      expect(packed.manifest).not.toHaveProperty(field);
    }
    expect(read("package.json")).not.toContain("workspace:");
    expect(packed.manifest).toMatchObject({ license: "MIT", publishConfig: { access: "public" } });
  });

  test("imports and maps lead to files that are there", () => {
    const missing = packed.files
      .filter((file) => /\.(js|d\.ts|map)$/.test(file))
      .flatMap((file) => targets(file, read(file)).map((target) => [file, target] as const))
      .filter(([, target]) => !existsSync(join(packed.path, target)));
    expect(missing).toEqual([]);
  });
});

/** The files that a file needs beside itself. */
function targets(file: string, text: string): string[] {
  const from = dirname(file);
  if (file.endsWith(".map")) {
    const { sources, sourcesContent } = JSON.parse(text) as {
      sources: string[];
      sourcesContent?: string[];
    };
    return sourcesContent === undefined ? sources.map((source) => join(from, source)) : [];
  }
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    file.endsWith(".d.ts") ? path.replace(/\.js$/, ".d.ts") : path,
  );
  const maps = [...text.matchAll(/^\/\/# sourceMappingURL=(.+)$/gm)].map(([, path = ""]) => path);
  return [...imports, ...maps].map((path) => join(from, path));
}

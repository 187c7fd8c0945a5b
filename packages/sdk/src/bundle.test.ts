import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, type Built, PACKAGE } from "./testing/built.js";
import { VERSION } from "./version.js";

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

const read = (file: string) => readFile(join(built.dist, file), "utf8");

test("what a user downloads stays within its budget", async () => {
  const { sizes } = await import(join(PACKAGE, "scripts/size.mjs"));
  const found: Record<string, { bytes: number; budget: number }> = await sizes(built.dist);
  expect(Object.keys(found)).toContain('import { pageViews } from "@balise/sdk/auto/page-views"');
  const off = Object.entries(found).filter(([, { bytes, budget }]) => bytes < 50 || bytes > budget);
  expect(off).toEqual([]);
});

test("the bundles carry nothing that has no place in a page", async () => {
  for (const file of ["index.js", "balise.js", "stub.js"]) {
    const code = await read(file);
    expect(code).not.toMatch(
      /preventDefault|\beval\b|new Function|innerHTML|\bzod\b|futureTolerance/,
    );
    expect(code).not.toContain("@balise/schema");
  }
});

test("a limit that the tag does not use is not in its bundle", async () => {
  expect(await read("index.js")).not.toContain("946684800000");
  expect(await read("index.js")).not.toContain("946_684_800_000");
});

test("the package names its version", async () => {
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  expect(VERSION).toBe(version);
  expect(await read("balise.js")).toContain(`balise-js/${version}`);
});

test("every export of the package is a file that the build makes", async () => {
  const { exports } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const made = new Set(await readdir(built.dist, { recursive: true }));
  const paths =
    JSON.stringify(exports)
      .replaceAll("*", "page-views")
      .match(/\.\/dist\/[^"]+/g) ?? [];
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) expect(made).toContain(path.slice("./dist/".length));
});

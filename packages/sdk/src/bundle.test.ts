import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EVENT_NAMES } from "@balise/schema";
import { build, type Built, PACKAGE } from "./testing/built.js";
import { VERSION } from "./version.js";

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** The bundle of what a user writes. */
async function bundleOf(line: string): Promise<string> {
  const { bundled } = await import(join(PACKAGE, "scripts/size.mjs"));
  return bundled(line, built.dist);
}

/** The lines with which a user imports the instruments. */
async function instruments(): Promise<string[]> {
  const files = await readdir(join(built.dist, "auto"));
  return files
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.slice(0, -".js".length))
    .map((name) => `import { ${camelCase(name)} } from "@balise/sdk/auto/${name}"`);
}

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** The ready-made names that a bundle can send. */
const namesIn = (code: string): string[] =>
  EVENT_NAMES.filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(code));

const read = (file: string) => readFile(join(built.dist, file), "utf8");

test("what a user downloads stays within its budget", async () => {
  const { sizes } = await import(join(PACKAGE, "scripts/size.mjs"));
  const found: Record<string, { bytes: number; budget: number }> = await sizes(built.dist);
  expect(Object.keys(found)).toContain('import { pageViews } from "@balise/sdk/auto/page-views"');
  const off = Object.entries(found).filter(([, { bytes, budget }]) => bytes < 50 || bytes > budget);
  expect(off).toEqual([]);
});

test("the bundles carry nothing that has no place in a page", async () => {
  for (const file of [
    "index.js",
    "webview.js",
    "surveys.js",
    "chunks/asker.js",
    "balise.js",
    "balise.all.js",
    "stub.js",
  ]) {
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

test("the core alone holds no instrument, no bridge and no widget", async () => {
  const core = await bundleOf('import { createTag } from "@balise/sdk"');
  expect(namesIn(core)).toEqual(["page_view", "events_dropped", "identify"]);
  const elsewhere =
    /pushState|(Mutation|Performance)Observer|composedPath|"click"|"submit"|"play"|onerror|unhandledrejection|messageHandlers|ReactNative|Android|flutter|attachShadow|adoptedStyleSheets|subtle|currentScript/;
  expect(elsewhere.exec(core)).toBeNull();
});

test("an instrument holds no other instrument, and nothing of the core", async () => {
  const owners = new Map<string, string[]>();
  for (const line of await instruments()) {
    const code = await bundleOf(line);
    expect([line, /sendBeacon|localStorage|keepalive|crypto|balise-js/.exec(code)]).toEqual([
      line,
      null,
    ]);
    // A name of one word, such as click, may be one of the browser's events as well.
    for (const name of namesIn(code).filter((name) => name.includes("_"))) {
      owners.set(name, [...(owners.get(name) ?? []), line]);
    }
  }
  expect([...owners].filter(([, lines]) => lines.length > 1)).toEqual([]);
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
      .replaceAll("auto/*", "auto/page-views")
      .replaceAll("widgets/*", "widgets/nps")
      .match(/\.\/dist\/[^"]+/g) ?? [];
  expect(paths.length).toBeGreaterThan(4);
  for (const path of paths) expect(made).toContain(path.slice("./dist/".length));
});

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, type Built, compile, PACKAGE } from "./testing/built.js";
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

const USES = `
import { createTag, type Event, type Tag } from "@balise/sdk";
import { pageViews } from "@balise/sdk/auto/page-views";

interface Plan { cart_added: { product: string; price: number } }
const tag: Tag<Plan> = createTag<Plan>({ key: "k", host: "https://c.test" });
pageViews(tag);
tag.track("cart_added", { product: "lamp", price: 3 }, { outcome: "success" });
export const name: Event["name"] = "x";
`;
const MISUSES = [
  'tag.track("cart_add", { product: "lamp", price: 3 });',
  'tag.track("cart_added", { product: "lamp", price: "3" });',
  'tag.track("cart_added", { product: "lamp", price: 3 }, { outcome: "good" });',
  'export const notAny: Event["occurredAt"] = "yesterday";',
  'createTag({ key: "k" });',
];

test("the declarations stand alone: a user compiles against them with skipLibCheck off", async () => {
  const user = join(built.dist, "../user");
  const home = join(user, "node_modules/@balise/sdk");
  await mkdir(home, { recursive: true });
  const text = await readFile(join(PACKAGE, "package.json"), "utf8");
  await writeFile(join(home, "package.json"), text.replaceAll("./dist/", "./"));
  for (const file of await readdir(built.dist, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    await mkdir(join(home, file, ".."), { recursive: true });
    const code = await read(file);
    expect(code).not.toContain("@balise/schema");
    await writeFile(join(home, file), code);
  }
  const wrong = MISUSES.map((line) => `// @ts-expect-error\n${line}`).join("\n");
  await writeFile(join(user, "user.ts"), `${USES}\n${wrong}\n`);
  await writeFile(
    join(user, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        module: "NodeNext",
        target: "ES2022",
        lib: ["ES2022", "DOM"],
        types: [],
      },
      files: ["user.ts"],
    }),
  );
  await expect(compile(["-p", user], user)).resolves.toBeUndefined();
});

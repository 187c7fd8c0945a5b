/** A user's project compiles the packed packages, their declarations included. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bin } from "../support/bin.js";
import { makeFolder } from "../support/folder.js";
import { install, pack, type Packed } from "../support/packed.js";

const user = makeFolder();
const packages: Packed[] = [];

beforeAll(async () => {
  for (const folder of ["sdk", "schema"]) packages.push(await pack(folder));
  for (const packed of packages) install(packed, user.path);
  const zod = dirname(fileURLToPath(import.meta.resolve("zod/package.json")));
  symlinkSync(zod, join(user.path, "node_modules/zod"));
  writeFileSync(join(user.path, "package.json"), '{ "type": "module" }');
});
afterAll(() => {
  for (const packed of packages) packed.remove();
  user.remove();
});

const RESOLUTIONS = [
  ["bundler", "ESNext"],
  ["node16", "Node16"],
  ["nodenext", "NodeNext"],
] as const;

/** Compiles these sources as a strict user does, and fails with the compiler's words. */
async function check(
  sources: Record<string, string>,
  [moduleResolution, module]: readonly [string, string],
): Promise<void> {
  const project = join(user.path, moduleResolution);
  mkdirSync(project, { recursive: true });
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(project, name), source);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    module,
    moduleResolution,
  };
  const config = { compilerOptions, files: Object.keys(sources) };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  await bin("tsc", ["-p", project]);
}

/** Every function of an entry point takes and gives something that is known. */
function useOf(entry: string): string {
  return `
import * as all from ${JSON.stringify(entry)};
type IsAny<T> = 0 extends 1 & T ? true : false;
type Vague<T> = T extends (...args: infer A) => infer R
  ? true extends IsAny<A[number]> | IsAny<R> ? true : false
  : IsAny<T>;
type Vagues = { [K in keyof typeof all]: Vague<(typeof all)[K]> extends true ? K : never }[keyof typeof all];
export const none: [Vagues] extends [never] ? true : Vagues = true;
`;
}

test.each(RESOLUTIONS)("every entry point has its types with %s", async (...resolution) => {
  const entries = packages
    .flatMap((packed) => packed.entries)
    .filter((entry) => !entry.endsWith(".json"));
  expect(entries).toEqual(
    expect.arrayContaining(["@balise/sdk", "@balise/sdk/auto/page-views", "@balise/schema/types"]),
  );
  const sources = entries.map((entry, at) => [`entry-${at}.ts`, useOf(entry)]);
  await expect(check(Object.fromEntries(sources), resolution)).resolves.toBeUndefined();
});

const PLAN = `
import { createTag, type Event, type Tag } from "@balise/sdk";
import { pageViews } from "@balise/sdk/auto/page-views";

interface Plan { cart_added: { product: string; price: number } }
const tag: Tag<Plan> = createTag<Plan>({ key: "k", host: "https://c.test" });
pageViews(tag);
tag.track("cart_added", { product: "lamp", price: 3 }, { outcome: "success" });
export const name: Event["name"] = "x";
`;
const MISTAKES = [
  'tag.track("cart_add", { product: "lamp", price: 3 });',
  'tag.track("cart_added", { product: "lamp", price: "3" });',
  'tag.track("cart_added", { product: "lamp", price: 3 }, { outcome: "good" });',
  'export const notAny: Event["occurredAt"] = "yesterday";',
  'createTag({ key: "k" });',
];

test.each(RESOLUTIONS)("a mistake in a plan does not compile with %s", async (...resolution) => {
  const wrong = MISTAKES.map((line) => `// @ts-expect-error\n${line}`).join("\n");
  await expect(check({ "plan.ts": PLAN + wrong }, resolution)).resolves.toBeUndefined();
});

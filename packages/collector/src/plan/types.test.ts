import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parsePlan, type Plan, PROPERTY_TYPES } from "@balise/schema";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { planTypes } from "./types.js";

const ROOT = join(import.meta.dirname, "../../../..");
const TSC = join(ROOT, "node_modules/.bin/tsc");

/** Compiles the files as a user's project would, against the sources of the SDK; tsc's words. */
function compile(files: Readonly<Record<string, string>>): string {
  // Within the workspace, so that modules are found.
  mkdirSync(join(import.meta.dirname, "../../node_modules/.tmp"), { recursive: true });
  const folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.tmp/types-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const options = {
    strict: true,
    noEmit: true,
    target: "es2022",
    module: "preserve",
    lib: ["es2022", "dom"],
    types: [],
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    paths: { "@balise/sdk": [join(ROOT, "packages/sdk/src/index.ts")] },
  };
  const config = { compilerOptions: options, files: Object.keys(files) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  try {
    execFileSync(TSC, ["-p", folder], { encoding: "utf8" });
    return "";
  } catch (error) {
    return String(Reflect.get(Object(error), "stdout"));
  }
}

const plan: Plan = {
  events: {
    cart_added: {
      description: "In the cart. */ export const evil = 1; /*",
      goal: true,
      properties: {
        lamp: { type: "string", values: ["heron", "galet"], description: "Which\none" },
        quantity: "integer",
        note: { type: "string", optional: true },
        "odd-key": { type: "array", optional: true },
      },
    },
    cart_emptied: {},
    "two words": { properties: { deep: "object" } },
  },
};

const USE = `import type { Tag } from "@balise/sdk";
import { createTag } from "@balise/sdk";
import type { Events } from "./events.ts";
export const make = (): Tag<Events> => createTag<Events>({ key: "k", host: "https://a.example" });
export function use(tag: Tag<Events>): void {
`;

test("the map compiles against the tag, which takes what the plan says", () => {
  const calls = `
    tag.track("cart_added", { lamp: "heron", quantity: 1 }, { value: 49, currency: "EUR" });
    tag.track("cart_added", { lamp: "galet", quantity: 2, note: "x", "odd-key": [1] });
    tag.track("cart_emptied");
    tag.track("two words", { deep: { a: 1 } });
  }`;
  const events = planTypes(plan, "balise.plan.json");
  expect(compile({ "events.ts": events, "use.ts": USE + calls })).toBe("");
}, 60_000);

test("each wrong use is a compile error", () => {
  const wrong = [
    'tag.track("cart_add", { lamp: "heron", quantity: 1 });',
    'tag.track("cart_added", { lamp: "lune", quantity: 1 });',
    'tag.track("cart_added", { lamp: "heron", quantity: "1" });',
    'tag.track("cart_added", { lamp: "heron" });',
    'tag.track("cart_added", { lamp: "heron", quantity: 1, colour: "red" });',
    'tag.track("cart_emptied", { why: "too dear" });',
    'tag.track("two words", { deep: 1 });',
  ];
  const events = planTypes(plan, "balise.plan.json");
  const told = compile({ "events.ts": events, "use.ts": `${USE}${wrong.join("\n")}\n}` });
  const first = USE.split("\n").length;
  const lines = [...told.matchAll(/use\.ts\((\d+),\d+\): error/g)].map(([, line]) => Number(line));
  expect([...new Set(lines)]).toEqual(wrong.map((_, place) => first + place));
}, 60_000);

test("whatever names and texts a plan has, its map is TypeScript", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 12 });
  const odd = fc.constantFrom(
    "*/",
    "`",
    "${x}",
    '"',
    "\\",
    "\u2028",
    "constructor",
    "class",
    "a b",
  );
  const property = fc.oneof(
    fc.constantFrom(...PROPERTY_TYPES),
    fc.record({
      type: fc.constant("string"),
      values: fc.array(fc.oneof(text, odd), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ type: fc.constantFrom(...PROPERTY_TYPES), description: fc.oneof(text, odd) }),
  );
  const events = fc.dictionary(
    fc.oneof(text, odd),
    fc.record({
      description: fc.oneof(text, odd),
      properties: fc.dictionary(fc.oneof(text, odd), property, { maxKeys: 4 }),
    }),
    { maxKeys: 6 },
  );
  const maps = fc
    .sample(
      fc.oneof(text, odd).chain((source) => fc.tuple(fc.constant(source), events)),
      { numRuns: 400, seed: 7 },
    )
    .flatMap(([source, all]) => {
      const parsed = parsePlan({ events: all });
      return parsed.ok ? [planTypes(parsed.plan, source)] : [];
    });
  expect(maps.length).toBeGreaterThan(40);
  const files = Object.fromEntries(maps.map((map, place) => [`map${place}.ts`, map]));
  expect(compile(files)).toBe("");
}, 120_000);

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePlan, PROPERTY_TYPES } from "@balise/schema";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readPlan } from "./file.js";

const folder = mkdtempSync(join(tmpdir(), "balise-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const plan = { events: { signed_up: { goal: true, properties: { plan: "string" } } } };

test("JSON and a module of TypeScript are the same plan", async () => {
  const ts = `interface Loose { [key: string]: unknown }\nconst plan: Loose = ${JSON.stringify(plan)};\nexport default plan;\n`;
  expect(await readPlan(file("a.json", `\ufeff${JSON.stringify(plan)}`))).toEqual(plan);
  expect(await readPlan(file("balise.plan.ts", ts))).toEqual(plan);
});

test.for<[string, unknown, string]>([
  ["a number", 7, "the plan: "],
  ["no events", {}, "events: "],
  ["an unknown key", { events: {}, enforced: true }, 'the plan: Unrecognized key: "enforced"'],
  [
    "a wrong type",
    { events: { a: { properties: { b: "text" } } } },
    "events › a › properties › b: must be string, number",
  ],
  [
    "values of a number",
    { events: { a: { properties: { b: { type: "number", values: ["1"] } } } } },
    "b: has values without being of type string",
  ],
  ["a long name", { events: { ["a".repeat(129)]: {} } }, "events › aaa"],
  ["a name with a control character", { events: { "a\nb": {} } }, "contains control characters"],
  ["a goal that is no yes or no", { events: { a: { goal: "yes" } } }, "events › a › goal: "],
])("%s is refused with its place", async ([, content, message]) => {
  await expect(readPlan(file("wrong.json", JSON.stringify(content)))).rejects.toThrow(message);
});

test("a file that is missing, no JSON, or throws is named", async () => {
  const missing = join(folder, "none.json");
  await expect(readPlan(missing)).rejects.toThrow(`there is no tracking plan ${missing}`);
  await expect(readPlan(join(folder, "none.ts"))).rejects.toThrow("there is no tracking plan");
  await expect(readPlan(file("bad.json", "{"))).rejects.toThrow("bad.json is not JSON");
  const thrower = file("thrower.ts", 'throw new Error("oh no");');
  await expect(readPlan(thrower)).rejects.toThrow("thrower.ts cannot be read: oh no");
});

test("any JSON is a plan or is refused in words, and what is a plan once is one again", () => {
  const property = fc.oneof(
    fc.constantFrom(...PROPERTY_TYPES, "text"),
    fc.record({ type: fc.constantFrom(...PROPERTY_TYPES), optional: fc.boolean() }),
    fc.record({ type: fc.constant("string"), values: fc.array(fc.string(), { maxLength: 3 }) }),
    fc.jsonValue(),
  );
  const near = fc.record({
    enforce: fc.oneof(fc.boolean(), fc.constant(1)),
    events: fc.dictionary(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.record({
        properties: fc.dictionary(fc.string({ unit: "binary", maxLength: 4 }), property),
      }),
    ),
  });
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: near }, fc.jsonValue()), (input) => {
      const parsed = parsePlan(input);
      if (!parsed.ok) expect(parsed.message).toMatch(/.: ./);
      else {
        taken += 1;
        expect(parsePlan(JSON.parse(JSON.stringify(parsed.plan)))).toEqual(parsed);
      }
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(50);
});

import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { indicatorsOf } from "./indicators.js";
import { QUERIES } from "./registry.js";

const queries = [...QUERIES.values()];

it("docs/indicators.md is what the files say: npm run indicators writes it anew", () => {
  const file = new URL("../../../../docs/indicators.md", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(indicatorsOf(queries));
});

it("every file of SQL is a question with a header that says all of it", () => {
  const folder = new URL("../../sql/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  expect(files.toSorted()).toEqual(queries.map(({ name }) => `${name}.sql`).toSorted());
  for (const { name, question, unit, definition, caveat } of queries) {
    expect([name, question, unit, definition, caveat]).not.toContain("");
  }
});

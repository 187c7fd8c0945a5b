import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, it } from "vitest";
import { TABLES } from "./fields.js";
import { openapiOf } from "./openapi.js";
import { QUERIES } from "./registry.js";

/** As it is read over HTTP. */
const document: { paths: Record<string, { post: Record<string, unknown> }> } = JSON.parse(
  JSON.stringify(openapiOf(QUERIES.values(), "1.2.3", "")),
);

it("is a valid OpenAPI document", async () => {
  expect(await new Validator().validate(document)).toEqual({ valid: true });
});

it("has each question, with what it means and an example that the question takes", () => {
  expect(Object.keys(document.paths)).toEqual(
    [...QUERIES.keys()].map((name) => `/v1/query/${name}`),
  );
  for (const query of QUERIES.values()) {
    const operation = document.paths[`/v1/query/${query.name}`]?.post;
    expect(operation?.["summary"]).toBe(query.question);
    expect(() => query.parameters.parse(query.example)).not.toThrow();
  }
});

it("names the conditions once a table, however many questions take them", () => {
  expect(JSON.stringify(document).split('"const":"contains"')).toHaveLength(TABLES.length + 1);
});

import { expect, it } from "vitest";
import { jsonSchemas } from "./json-schema.js";

it("exports the batch, the lines of an import, the plan and each stricter kind as JSON Schema", () => {
  const schemas = jsonSchemas();
  expect(Object.keys(schemas)).toEqual([
    "batch",
    "event",
    "cost",
    "customer",
    "follow_up",
    "annotation",
    "plan",
    "survey_answered",
    "contact_opened",
    "contact_resolved",
    "identify",
  ]);
  expect(schemas["event"]).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["id", "name", "occurredAt"],
    properties: {
      channel: { enum: expect.arrayContaining(["web", "phone"]) },
      occurredAt: { type: "number" },
    },
  });
  expect(schemas["event"]?.additionalProperties).not.toBe(false);
  expect(schemas["survey_answered"]?.required).toContain("feedback");
});

import { z } from "zod";
import { rowSchema } from "./columns.js";
import type { Query } from "./query.js";

/**
 * A question as `GET /v1/query` lists it: with the JSON Schemas of its parameters and rows,
 * the fields that it can be asked about, and parameters with which it answers.
 */
export function listed(query: Query, singleSite: string | undefined): Record<string, unknown> {
  const { name, topic, view, question, unit, definition, caveat } = query;
  return {
    name,
    topic,
    view,
    question,
    unit,
    definition,
    caveat,
    parameters: z.toJSONSchema(query.parameters, { io: "input", unrepresentable: "any" }),
    fields: query.fields,
    example: query.example,
    row: rowSchema(query.row),
    sqlViews: query
      .sqlViews(singleSite)
      .map((one) => ({ name: one.name, arguments: one.arguments, example: one.example })),
  };
}

import { z } from "zod";
import { batchSchema } from "./batch.js";
import { EVENT_KINDS, eventSchema } from "./event.js";
import { planSchema } from "./plan.js";
import { annotationSchema, costSchema, customerSchema, followUpSchema } from "./fact.js";

/**
 * JSON Schema (draft 2020-12) of the wire: the event, each stricter kind, the other lines of an
 * import, and the batch; and of the tracking plan.
 */
export function jsonSchemas(): Record<string, z.core.JSONSchema.JSONSchema> {
  const schemas: Record<string, z.core.JSONSchema.JSONSchema> = {
    batch: exported(batchSchema),
    event: exported(eventSchema),
    cost: exported(costSchema),
    customer: exported(customerSchema),
    follow_up: exported(followUpSchema),
    annotation: exported(annotationSchema),
    plan: exported(planSchema),
  };
  for (const [name, schema] of Object.entries(EVENT_KINDS)) schemas[name] = exported(schema);
  return schemas;
}

/** `properties` holds any JSON, which zod checks by code: its schema is the empty one. */
function exported(schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
}

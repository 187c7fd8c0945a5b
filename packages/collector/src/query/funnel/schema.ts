import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { conditionSchema } from "../conditions.js";
import { fieldName } from "../fields.js";
import { periodFields } from "../period.js";

const eventName = z.string().min(1).max(LIMITS.nameCharacters);
const events = z.union([eventName, z.array(eventName).min(1).max(50)]);

const stepSchema = z.union([
  events,
  z.strictObject({ event: events, where: z.array(conditionSchema).max(20).optional() }),
]);

/** Longest window, in seconds: ten years. */
const MAX_WINDOW = 315_360_000;

/** What `POST /v1/query/funnel` takes. */
export const funnelSchema = z.strictObject({
  steps: z
    .array(stepSchema)
    .min(1)
    .max(20)
    .describe("1 to 20 steps: an event name, several of them (any counts), or {event, where}"),
  windowSeconds: z.number().positive().max(MAX_WINDOW).describe("From the first step to the last"),
  ...periodFields,
  by: z.enum(["person", "session", "account"]).default("person"),
  order: z
    .literal("ordered")
    .default("ordered")
    .describe("Steps in their order, with anything between them"),
  breakdown: fieldName
    .optional()
    .describe("A field of the event of the first step; the 50 largest groups"),
  filters: z
    .array(conditionSchema)
    .max(20)
    .optional()
    .describe("Only events that fulfil all of them"),
});

export type FunnelQuery = z.infer<typeof funnelSchema>;

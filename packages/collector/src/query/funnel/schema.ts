import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { conditionSchema } from "../conditions.js";
import { fieldName } from "../fields.js";
import { periodFields } from "../period.js";

const eventName = z.string().min(1).max(LIMITS.nameCharacters);
const events = z.union([eventName, z.array(eventName).min(1).max(50)]);
const where = z.array(conditionSchema).max(20).optional();

const stepSchema = z.union([
  events,
  z.strictObject({
    event: events,
    where,
    optional: z.boolean().optional().describe("Counted when done, never in the way"),
  }),
]);

/** As many as one number of 14 bits can tell apart, beside that of strict order. */
const MAX_EXCLUSIONS = 10;

const stepNumber = z.int().min(1).max(20);

const exclusionSchema = z.union([
  events,
  z.strictObject({
    event: events,
    where,
    between: z
      .tuple([stepNumber, stepNumber])
      .optional()
      .describe("Numbers of two required steps; anywhere between first and last if not given"),
  }),
]);

/** Longest window, in seconds: ten years. */
const MAX_WINDOW = 315_360_000;

const filters = z.array(conditionSchema).max(20);

/** What every question about a funnel takes. */
export const funnelFields = {
  steps: z
    .array(stepSchema)
    .min(1)
    .max(20)
    .describe(
      "1 to 20 steps: an event name, several of them (any counts), or {event, where, optional}",
    ),
  windowSeconds: z.number().positive().max(MAX_WINDOW).describe("From the first step to the last"),
  ...periodFields,
  by: z.enum(["person", "session", "account"]).default("person"),
  order: z
    .enum(["ordered", "strict", "unordered"])
    .default("ordered")
    .describe(
      "ordered: anything may come between steps; strict: no other step; unordered: in any order",
    ),
  exclude: z
    .array(exclusionSchema)
    .max(MAX_EXCLUSIONS)
    .optional()
    .describe("Events that may not come between steps: as steps, with `between: [i, j]`"),
  filters: filters.optional().describe("Only events that fulfil all of them"),
};

/** What `POST /v1/query/funnel` takes. */
export const funnelSchema = z.strictObject({
  ...funnelFields,
  breakdown: fieldName
    .optional()
    .describe("A field of the event of the first step; the 50 largest groups"),
  compare: z
    .union([
      z.enum(["previous", "year"]),
      z.strictObject({ ...periodFields, filters: filters.optional() }),
    ])
    .optional()
    .describe(
      "previous: as long a period just before; year: the same one a year before; or another period or other filters",
    ),
  goalValue: z
    .boolean()
    .optional()
    .describe("Sum and mean of `value` at the last step, by currency, on the last row"),
});

/** The step that people got to, or dropped off before. */
const step = z.int().min(1).max(20);

/** What `POST /v1/query/funnel_people` takes. */
export const funnelPeopleSchema = z.strictObject({
  ...funnelFields,
  step: step.describe("Number of the step"),
  reached: z
    .enum(["converted", "dropped"])
    .describe("converted: reached the step; dropped: the required one before it, and not the step"),
  limit: z.int().min(1).max(1000).default(100),
});

export type FunnelPeopleQuery = z.infer<typeof funnelPeopleSchema>;

/** What `POST /v1/query/funnel_next` takes. */
export const funnelNextSchema = z.strictObject({
  ...funnelFields,
  step: step.describe("Number of the step that they dropped off before"),
  withinSeconds: z
    .number()
    .positive()
    .max(30 * 86_400)
    .default(3600)
    .describe("How long after their last step"),
  what: z
    .enum(["event", "page"])
    .default("event")
    .describe("event: the next event of any name; page: the next page viewed"),
  limit: z.int().min(1).max(200).default(20),
});

export type FunnelNextQuery = z.infer<typeof funnelNextSchema>;

export type FunnelQuery = z.infer<typeof funnelSchema>;

/** The part of it that says who is counted. */
export type ChainQuery = Pick<
  FunnelQuery,
  "steps" | "windowSeconds" | "from" | "to" | "by" | "order" | "exclude" | "filters"
>;

import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { conditionOf } from "../conditions.js";
import { isPersonal } from "../fields.js";
import { segmentFields, sharedFields } from "../shared.js";

const eventName = z.string().min(1).max(LIMITS.nameCharacters);
const events = z.union([eventName, z.array(eventName).min(1).max(50)]);
const where = z.array(conditionOf("events")).max(20).optional();

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

/** What every question about a funnel takes beside what all questions do. */
export const chainFields = {
  steps: z
    .array(stepSchema)
    .min(1)
    .max(20)
    .describe(
      "1 to 20 steps: an event name, several of them (any counts), or {event, where, optional}",
    ),
  windowSeconds: z.number().positive().max(MAX_WINDOW).describe("From the first step to the last"),
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
};

/** What `funnel` takes beside. */
export const funnelFields = {
  ...chainFields,
  goalValue: z
    .boolean()
    .optional()
    .describe("Sum and mean of `value` at the last step, by currency, on the last row"),
};

export const funnelSchema = z.strictObject({ ...funnelFields, ...sharedFields("events") });

export type FunnelQuery = z.infer<typeof funnelSchema>;

/** What `POST /v1/query/funnel_people` takes: people are looked at, not counted. */
export const funnelPeopleSchema = z.strictObject({
  ...chainFields,
  step: stepNumber.describe("Number of the step"),
  reached: z
    .enum(["converted", "dropped"])
    .describe("converted: reached the step; dropped: the required one before it, and not the step"),
  limit: z.int().min(1).max(1000).default(100),
  ...segmentFields("events"),
});

export type FunnelPeopleQuery = z.infer<typeof funnelPeopleSchema>;

/** What `funnel_next` takes beside. */
export const funnelNextFields = {
  ...chainFields,
  step: stepNumber.describe("Number of the step that they dropped off before"),
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
};

const funnelNextSchema = z.strictObject({ ...funnelNextFields, ...sharedFields("events") });

export type FunnelNextQuery = z.infer<typeof funnelNextSchema>;

/** The part of it that says who is counted. */
export type ChainQuery = Pick<
  FunnelQuery,
  "steps" | "windowSeconds" | "from" | "to" | "by" | "order" | "exclude" | "filters"
>;

/** Whether a condition names what is known of a person. */
export const namesTraits = ({
  steps,
  exclude = [],
}: Pick<ChainQuery, "steps" | "exclude">): boolean =>
  [...steps, ...exclude].some(
    (match) =>
      typeof match === "object" &&
      "where" in match &&
      (match.where ?? []).some(({ property }) => isPersonal(property)),
  );

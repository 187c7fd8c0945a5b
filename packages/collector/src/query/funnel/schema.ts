import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { conditionOf } from "../conditions.js";
import { isPersonal } from "../fields.js";
import { sharedFields } from "../shared.js";

const eventName = z.string().min(1).max(LIMITS.nameCharacters);
const events = z.union([eventName, z.array(eventName).min(1).max(50)]);

const stepSchema = z.union([
  events,
  z.strictObject({ event: events, where: z.array(conditionOf("events")).max(20).optional() }),
]);

/** Longest window, in seconds: ten years. */
const MAX_WINDOW = 315_360_000;

/** What `POST /v1/query/funnel` takes beside what every question takes. */
export const funnelFields = {
  steps: z
    .array(stepSchema)
    .min(1)
    .max(20)
    .describe("1 to 20 steps: an event name, several of them (any counts), or {event, where}"),
  windowSeconds: z.number().positive().max(MAX_WINDOW).describe("From the first step to the last"),
  by: z.enum(["person", "session", "account"]).default("person"),
  order: z
    .literal("ordered")
    .default("ordered")
    .describe("Steps in their order, with anything between them"),
};

export const funnelSchema = z.strictObject({ ...funnelFields, ...sharedFields("events") });

export type FunnelQuery = z.infer<typeof funnelSchema>;

/** Whether a step's conditions name what is known of a person. */
export const namesTraits = (steps: FunnelQuery["steps"]): boolean =>
  steps.some(
    (step) =>
      typeof step === "object" &&
      "where" in step &&
      (step.where ?? []).some(({ property }) => isPersonal(property)),
  );

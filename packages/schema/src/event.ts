import { z } from "zod";
import { LIMITS } from "./limits.js";
import {
  campaignSchema,
  contactSchema,
  contextSchema,
  currency,
  feedbackSchema,
  identifier,
  pageSchema,
  uuid,
} from "./parts.js";
import { propertiesSchema, traitsSchema } from "./properties.js";
import type { Event } from "./types.js";

/** Control characters (C0, DEL, C1), which no name needs and every terminal minds. */
// oxlint-disable-next-line no-control-regex -- this pattern is about control characters
export const PRINTABLE = /^[^\u0000-\u001f\u007f-\u009f]+$/;

export const eventSchema = z.object({
  id: uuid,
  name: z.string().min(1).max(LIMITS.nameCharacters).regex(PRINTABLE, {
    error: "contains control characters",
  }),
  occurredAt: z.number(),
  anonymousId: uuid.optional(),
  sessionId: uuid.optional(),
  userId: identifier.optional(),
  accountId: identifier.optional(),
  channel: z
    .enum([
      "web",
      "webview",
      "app",
      "email",
      "push",
      "sms",
      "phone",
      "chat",
      "store",
      "ads",
      "social",
      "server",
    ])
    .optional(),
  area: z.enum(["public", "connected"]).optional(),
  page: pageSchema.optional(),
  campaign: campaignSchema.optional(),
  outcome: z.enum(["success", "failure", "unknown"]).optional(),
  value: z.number().optional(),
  currency: currency.optional(),
  properties: propertiesSchema.optional(),
  traits: traitsSchema.optional(),
  feedback: feedbackSchema.optional(),
  contact: contactSchema.optional(),
  context: contextSchema.optional(),
}) satisfies z.ZodType<Event>;

/** An answer without its feedback would be counted as a display without an answer. */
export const answerEventSchema = eventSchema.extend({ feedback: feedbackSchema });

export const contactEventSchema = eventSchema.extend({ contact: contactSchema });

export const identifyEventSchema = eventSchema.extend({ userId: identifier });

/** The ready-made names whose events must carry more than the rest. */
export const EVENT_KINDS = {
  survey_answered: answerEventSchema,
  contact_opened: contactEventSchema,
  contact_resolved: contactEventSchema,
  identify: identifyEventSchema,
} as const;

const kinds: ReadonlyMap<unknown, z.ZodType<Event>> = new Map(Object.entries(EVENT_KINDS));

/** The schema of an event by its name. */
export function schemaFor(name: unknown): z.ZodType<Event> {
  return kinds.get(name) ?? eventSchema;
}

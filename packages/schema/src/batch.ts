import { z } from "zod";
import { eventSchema } from "./event.js";
import { LIMITS } from "./limits.js";
import type { Batch } from "./types.js";

/** The earliest and latest moment that ECMAScript has, in epoch milliseconds. */
const MAX_DATE = 8.64e15;

/** The whole body, for documentation and tests; the collector parses event by event. */
export const batchSchema = z.object({
  writeKey: z.string().max(LIMITS.shortCharacters).optional(),
  sentAt: z.number().optional(),
  events: z.array(eventSchema).max(LIMITS.batchEvents),
}) satisfies z.ZodType<Batch>;

/** The body without a look into the events. */
export const envelopeSchema = z.object({
  writeKey: z.string().max(LIMITS.shortCharacters).nullish(),
  // Within what a date can be: a clock may be wrong by decades, a number past that is no clock.
  sentAt: z.number().min(-MAX_DATE).max(MAX_DATE).nullish(),
  events: z.array(z.unknown()),
});

import { z } from "zod";
import { LIMITS } from "./limits.js";
import { candidateOf, reasonOf } from "./parse.js";
import { currency, identifier, short, uuid } from "./parts.js";
import { traitsSchema } from "./properties.js";
import type {
  AcquisitionChannel,
  Annotation,
  AnnotationKind,
  Cost,
  Customer,
  FollowUp,
  Rejection,
} from "./types.js";

const day = z.iso.date({ error: "is not a day such as 2026-03-13" });

/** Days that ClickHouse's `Date32` has, and more than anyone's customers have seen. */
const anyDay = day.refine((text) => text >= "1900-01-01" && text < "2100-01-01", {
  error: "is not a day from 1900 to 2099",
});

const count = z.int().min(0);

/** What `Decimal(18, 4)` holds without rounding. */
const money = z
  .number()
  .min(-1e13)
  .max(1e13)
  .refine((value) => Number(value.toFixed(4)) === value, { error: "has more than four decimals" });

const ACQUISITION_CHANNELS = [
  "direct",
  "organic_search",
  "paid_search",
  "organic_social",
  "paid_social",
  "email",
  "sms",
  "push",
  "affiliates",
  "display",
  "video",
  "referral",
  "other",
] as const satisfies readonly AcquisitionChannel[];

export const costSchema = z.object({
  type: z.literal("cost"),
  day: day.refine((text) => text >= "2000-01-01" && text < "2100-01-01", {
    error: "is not a day from 2000 to 2099",
  }),
  acquisitionChannel: z.enum(ACQUISITION_CHANNELS).optional(),
  campaign: z
    .object({ source: short.optional(), medium: short.optional(), name: short.optional() })
    .optional(),
  impressions: count.optional(),
  clicks: count.optional(),
  cost: money,
  currency,
}) satisfies z.ZodType<Cost>;

export const customerSchema = z
  .object({
    type: z.literal("customer"),
    userId: identifier,
    accountId: identifier.optional(),
    since: anyDay.optional(),
    until: anyDay.optional(),
    traits: traitsSchema.optional(),
  })
  .refine(({ since = "", until = "9" }) => since <= until, {
    error: "is before since",
    path: ["until"],
  }) satisfies z.ZodType<Customer>;

const LATEST = Date.UTC(2100, 0, 1);

export const followUpSchema = z.object({
  type: z.literal("follow_up"),
  id: uuid,
  responseId: uuid,
  changedAt: z.int().refine((moment) => moment >= LIMITS.earliestTime && moment < LATEST, {
    error: "is not a moment from 2000 to 2099 in epoch milliseconds",
  }),
  status: z.enum(["open", "in_progress", "resolved", "dropped"]),
  owner: identifier.optional(),
}) satisfies z.ZodType<FollowUp>;

const ANNOTATION_KINDS = [
  "release",
  "campaign",
  "holiday",
  "incident",
  "other",
] as const satisfies readonly AnnotationKind[];

/** Moments from 2000 to 2099: what is planned is told as well as what was. */
const anyMoment = z
  .number()
  .min(Date.UTC(2000, 0, 1), { error: "lies before 2000: give epoch milliseconds" })
  .max(Date.UTC(2100, 0, 1) - 1, { error: "lies after 2099: give epoch milliseconds" });

export const annotationSchema = z
  .object({
    type: z.literal("annotation"),
    id: identifier,
    kind: z.enum(ANNOTATION_KINDS),
    from: anyMoment,
    to: anyMoment.optional(),
    text: z.string().max(LIMITS.shortCharacters).optional(),
    removed: z.boolean().optional(),
  })
  .refine(({ from, to = from }) => from <= to, {
    error: "is before from",
    path: ["to"],
  }) satisfies z.ZodType<Annotation>;

export type Fact = Cost | Customer | FollowUp | Annotation;

export type ParsedFact =
  | { ok: true; fact: Fact; unknownFields: number }
  | { ok: false; rejection: Omit<Rejection, "index"> };

const SCHEMAS = {
  cost: costSchema,
  customer: customerSchema,
  follow_up: followUpSchema,
  annotation: annotationSchema,
} as const;

const isFact = (type: unknown): type is keyof typeof SCHEMAS =>
  typeof type === "string" && Object.hasOwn(SCHEMAS, type);

const KNOWN = {
  cost: new Set(Object.keys(costSchema.shape)),
  customer: new Set(Object.keys(customerSchema.shape)),
  follow_up: new Set(Object.keys(followUpSchema.shape)),
  annotation: new Set(Object.keys(annotationSchema.shape)),
} as const;

/**
 * A line of an import that is a cost, a customer, a follow-up or an annotation; undefined for what is to be read as an event. An
 * event has a moment, and may have any field of its sender's beside, also one named `type`.
 */
export function parseFact(input: unknown): ParsedFact | undefined {
  if (typeof input !== "object" || input === null || "occurredAt" in input) return undefined;
  const type: unknown = Reflect.get(input, "type");
  if (!isFact(type)) return undefined;
  const { candidate, unknownFields } = candidateOf(input, KNOWN[type]);
  const result = SCHEMAS[type].safeParse(candidate);
  if (result.success) return { ok: true, fact: result.data, unknownFields };
  const [code, message] = reasonOf(result.error, candidate);
  const named = candidate[type === "follow_up" || type === "annotation" ? "id" : "userId"];
  const id = typeof named === "string" ? named.slice(0, LIMITS.identifierCharacters) : null;
  return { ok: false, rejection: { id, code, message } };
}

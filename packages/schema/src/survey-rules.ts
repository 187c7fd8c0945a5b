import { z } from "zod";
import { LIMITS } from "./limits.js";
import { surveySchema } from "./survey.js";
import type {
  Audience,
  Cap,
  Condition,
  Exposure,
  Fatigue,
  Quota,
  SurveyDefinition,
  SurveyPlan,
  Trigger,
} from "./survey-rules-types.js";

const short = z.string().min(1).max(LIMITS.shortCharacters);
const name = z.string().min(1).max(LIMITS.nameCharacters);
const names = z.array(name).min(1).max(LIMITS.surveyConditions);
const share = z.number().min(0).max(1);
const days = z.number().min(0).max(LIMITS.surveyDays);
const scalar = z.union([short, z.number(), z.boolean()]);

function conditionOf(property: z.ZodType<string>) {
  return z.discriminatedUnion("op", [
    z.strictObject({ property, op: z.enum(["=", "!="]), value: scalar }),
    z.strictObject({ property, op: z.enum(["<", "<=", ">", ">="]), value: z.number() }),
    z.strictObject({
      property,
      op: z.literal("in"),
      value: z.array(scalar).min(1).max(LIMITS.surveyConditions),
    }),
    z.strictObject({ property, op: z.literal("contains"), value: short }),
    z.strictObject({ property, op: z.literal("exists"), value: z.boolean().optional() }),
  ]) satisfies z.ZodType<Condition>;
}

const conditions = (property: z.ZodType<string>) =>
  z.array(conditionOf(property)).max(LIMITS.surveyConditions);

const anyTrigger = {
  pages: z.array(short).min(1).max(LIMITS.surveyConditions).optional(),
  delaySeconds: z.number().min(0).max(86_400).optional(),
  delayedBy: names.optional(),
  cancelledBy: names.optional(),
};

const seconds = z.number().min(1).max(86_400);

const momentTrigger = z.discriminatedUnion("moment", [
  z.strictObject({ ...anyTrigger, moment: z.literal("exit") }),
  z.strictObject({ ...anyTrigger, moment: z.enum(["visible", "inactivity"]), seconds }),
  z.strictObject({
    ...anyTrigger,
    moment: z.literal("scroll"),
    percent: z.number().min(1).max(100),
  }),
  z.strictObject({ ...anyTrigger, moment: z.literal("return"), days: days.min(1) }),
]);

const eventTrigger = z.strictObject({
  ...anyTrigger,
  event: name,
  where: conditions(z.string().min(1).max(LIMITS.propertyKeyCharacters)).optional(),
  outcome: z.enum(["success", "failure", "unknown"]).optional(),
});

/** Told apart by hand, so that a mistake is told of the kind that was meant. */
export const triggerSchema = z.unknown().transform((value, context): Trigger => {
  const schema = Object.hasOwn(Object(value), "moment") ? momentTrigger : eventTrigger;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: "custom", path, message });
  }
  return z.NEVER;
});

/** What an audience can ask for, and the values of those that have only these. */
const FACTS: { [property: string]: readonly (string | boolean)[] | undefined } = {
  area: ["public", "connected"],
  channel: undefined,
  language: undefined,
  device: ["mobile", "tablet", "desktop"],
  visitor: ["new", "returning"],
  converted: [true, false],
};

const fact = z
  .string()
  .max(LIMITS.identifierCharacters + 7)
  .refine((text) => Object.hasOwn(FACTS, text) || /^traits\../.test(text), {
    error: `is neither traits.<key> nor one of ${Object.keys(FACTS).join(", ")}`,
  });

export const audienceSchema = z
  .strictObject({ where: conditions(fact).optional(), share: share.optional() })
  .superRefine(({ where = [] }, context) => {
    for (const [at, { property, value }] of where.entries()) {
      const known = Object.hasOwn(FACTS, property) ? FACTS[property] : undefined;
      const asked = value === undefined ? [] : [value].flat();
      const unknown = known && asked.find((one) => !known.some((each) => each === one));
      if (unknown !== undefined && known !== undefined) {
        context.addIssue({
          code: "custom",
          path: ["where", at, "value"],
          message: `${JSON.stringify(unknown)} is none of ${known.join(", ")}`,
        });
      }
    }
  }) satisfies z.ZodType<Audience>;

export const capSchema = z.strictObject({
  times: z.int().min(1).max(1000),
  days: days.min(1),
}) satisfies z.ZodType<Cap>;

export const quotaSchema = z.strictObject({
  displays: z.int().min(1).max(1_000_000_000),
  per: z.enum(["day", "week", "month"]),
}) satisfies z.ZodType<Quota>;

export const surveyDefinitionSchema = surveySchema
  .safeExtend({
    on: z.boolean().optional(),
    triggers: z.array(triggerSchema).max(LIMITS.surveyConditions).optional(),
    audience: audienceSchema.optional(),
    cap: capSchema.optional(),
    quota: quotaSchema.optional(),
    anonymous: z.boolean().optional(),
    target: short.optional(),
  })
  .strict() satisfies z.ZodType<SurveyDefinition>;

const metric = z.enum(["nps", "csat", "ces", "stars", "smiley", "thumbs", "choice", "text"]);

export const fatigueSchema = z.strictObject({
  quietDays: days,
  quietAfterDismissalsDays: days,
  relationalDays: days,
  perSession: z.int().min(1).max(100),
  perMetric: z.partialRecord(metric, capSchema),
  overall: capSchema,
}) satisfies z.ZodType<Fatigue>;

/** All surveys of a site; each id stands once. */
export const surveyPlanSchema = z
  .strictObject({
    surveys: z.array(surveyDefinitionSchema).max(LIMITS.surveys),
    fatigue: fatigueSchema.partial().optional(),
    holdout: share.optional(),
    conversions: z.array(name).max(LIMITS.surveyConditions).optional(),
    languages: z.array(z.string().min(2).max(35)).min(1).max(LIMITS.surveyConditions).optional(),
    acrossDevices: z.boolean().optional(),
    suppressedShare: share.optional(),
  })
  .superRefine(({ surveys }, context) => {
    const ids = surveys.map(({ id }) => id);
    for (const [at, id] of ids.entries()) {
      if (ids.indexOf(id) === at) continue;
      const message = `${JSON.stringify(id)} is taken by another survey`;
      context.addIssue({ code: "custom", path: ["surveys", at, "id"], message });
    }
  }) satisfies z.ZodType<SurveyPlan>;

export const exposureSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  surveyId: z.string().max(LIMITS.identifierCharacters),
  kind: z.enum(["transactional", "relational"]),
  metric,
  at: z.number(),
  dismissed: z.boolean(),
}) satisfies z.ZodType<Exposure>;

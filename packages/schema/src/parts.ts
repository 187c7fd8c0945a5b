import { z } from "zod";
import { LIMITS } from "./limits.js";
import type { Campaign, Contact, Context, Feedback, Page } from "./types.js";

/** Any UUID but the nil one, which stands for "none" in the tables. */
export const uuid = z.uuid().regex(/[1-9a-f]/i, { error: "is the nil UUID" });

export const short = z.string().max(LIMITS.shortCharacters);
export const identifier = z.string().min(1).max(LIMITS.identifierCharacters);
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: "is not three capital letters (ISO 4217)" });
const url = z.string().max(LIMITS.urlCharacters);

export const pageSchema = z.object({
  url: url.optional(),
  title: z.string().max(LIMITS.urlCharacters).optional(),
  referrer: url.optional(),
  name: short.optional(),
}) satisfies z.ZodType<Page>;

export const campaignSchema = z.object({
  source: short.optional(),
  medium: short.optional(),
  name: short.optional(),
  term: short.optional(),
  content: short.optional(),
  clickIdType: short.optional(),
}) satisfies z.ZodType<Campaign>;

export const feedbackSchema = z.object({
  surveyId: identifier,
  surveyVersion: z.int().min(0).max(65_535).optional(),
  kind: z.enum(["transactional", "relational"]),
  responseId: uuid,
  questionId: identifier,
  metric: z.enum(["nps", "csat", "ces", "stars", "smiley", "thumbs", "choice", "text"]),
  score: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  polarity: z.literal([1, -1]).optional(),
  choice: short.optional(),
  text: z.string().max(LIMITS.textCharacters).optional(),
  notApplicable: z.boolean().optional(),
  touchpoint: short.optional(),
}) satisfies z.ZodType<Feedback>;

const seconds = z.number().min(0).max(31_536_000);

export const contactSchema = z.object({
  contactId: identifier,
  reason: short,
  waitSeconds: seconds.optional(),
  transfers: z.int().min(0).max(255).optional(),
  talkSeconds: seconds.optional(),
  resolved: z.boolean().optional(),
  reopened: z.boolean().optional(),
}) satisfies z.ZodType<Contact>;

export const contextSchema = z.object({
  locale: short.optional(),
  timezone: short.optional(),
  screen: short.optional(),
  viewport: short.optional(),
  sdk: short.optional(),
  app: short.optional(),
  consent: z.enum(["exempt", "full"]).optional(),
}) satisfies z.ZodType<Context>;

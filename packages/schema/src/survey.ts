import { z } from "zod";
import { LIMITS } from "./limits.js";
import type { Branch, Question, QuestionTexts, Survey, SurveyTexts } from "./survey-types.js";

const identifier = z.string().min(1).max(LIMITS.identifierCharacters);
const text = z.string().min(1).max(LIMITS.shortCharacters);

/** Several stand in one `choice` with commas between them, within its limit; digits alone could look like a number of a person. */
const optionId = z.string().regex(/^[a-z][a-z0-9_-]{0,19}$/i, {
  error: "is not a letter and up to 19 letters, digits, - or _",
});

export const branchSchema = z.object({
  scores: z.tuple([z.number(), z.number()]).optional(),
  choices: z.array(optionId).min(1).max(LIMITS.surveyOptions).optional(),
  notApplicable: z.literal(true).optional(),
  go: identifier,
}) satisfies z.ZodType<Branch>;

const any = {
  id: identifier,
  branches: z.array(branchSchema).max(LIMITS.surveyBranches).optional(),
};
const scored = { ...any, notApplicable: z.boolean().optional() };

export const questionSchema = z.discriminatedUnion("metric", [
  z.object({ ...scored, metric: z.literal("nps") }),
  z.object({ ...scored, metric: z.literal("csat"), max: z.literal([5, 10]) }),
  z.object({ ...scored, metric: z.literal("ces"), max: z.literal([5, 7]) }),
  z.object({ ...scored, metric: z.literal("stars") }),
  z.object({ ...scored, metric: z.literal("smiley"), max: z.literal([3, 5]) }),
  z.object({ ...scored, metric: z.literal("thumbs") }),
  z.object({
    ...any,
    metric: z.literal("choice"),
    options: z.array(optionId).min(2).max(LIMITS.surveyOptions),
    multiple: z.boolean().optional(),
    trait: identifier.optional(),
  }),
  z.object({ ...any, metric: z.literal("text") }),
]) satisfies z.ZodType<Question>;

export const questionTextsSchema = z.object({
  ask: text,
  low: text.optional(),
  high: text.optional(),
  notApplicable: text.optional(),
  options: z.record(optionId, text).optional(),
}) satisfies z.ZodType<QuestionTexts>;

export const surveyTextsSchema = z.object({
  title: text.optional(),
  thanks: text.optional(),
  questions: z.record(identifier, questionTextsSchema),
}) satisfies z.ZodType<SurveyTexts>;

/** BCP 47, as far as `lang` attributes need it. */
const language = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, {
  error: "is not a language such as fr or pt-BR",
});

const shape = z.object({
  id: identifier,
  version: z.int().min(0).max(65_535),
  kind: z.enum(["transactional", "relational"]),
  objective: text.optional(),
  touchpoint: text.optional(),
  placement: z.enum(["popover", "inline", "tab", "modal"]),
  timeoutSeconds: z.number().min(20).max(86_400).optional(),
  questions: z.array(questionSchema).min(1).max(LIMITS.surveyQuestions),
  texts: z
    .record(language, surveyTextsSchema)
    .refine((texts) => Object.keys(texts).length > 0, { error: "has no language" }),
});

/**
 * A survey whose parts fit together: ids that stand once, branches that lead forwards, so that
 * every way ends, and words for all that is shown in every language.
 */
export const surveySchema = shape.superRefine(({ questions, texts }, context) => {
  const fault = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: "custom", path, message });
  const ids = questions.map(({ id }) => id);
  for (const [at, question] of questions.entries()) {
    if (question.id === "end" || ids.indexOf(question.id) < at) {
      fault(["questions", at, "id"], `"${question.id}" is taken`);
    }
    for (const [place, { go }] of (question.branches ?? []).entries()) {
      if (go !== "end" && ids.indexOf(go) <= at) {
        fault(["questions", at, "branches", place, "go"], `"${go}" is no later question`);
      }
    }
    if (question.metric === "choice" && new Set(question.options).size < question.options.length) {
      fault(["questions", at, "options"], "has an option twice");
    }
    for (const [language, { questions: words }] of Object.entries(texts)) {
      const own = Object.hasOwn(words, question.id) ? words[question.id] : undefined;
      if (own === undefined) {
        fault(["texts", language, "questions", question.id], "has no words");
      } else if (question.metric === "choice") {
        const missing = question.options.find((id) => !Object.hasOwn(own.options ?? {}, id));
        if (missing !== undefined) {
          fault(["texts", language, "questions", question.id, "options"], `lacks "${missing}"`);
        }
      }
    }
  }
}) satisfies z.ZodType<Survey>;

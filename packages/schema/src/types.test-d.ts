import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { batchSchema } from "./batch.js";
import type { answerEventSchema, eventSchema } from "./event.js";
import type { EVENT_NAMES } from "./names.js";
import type {
  campaignSchema,
  contactSchema,
  contextSchema,
  feedbackSchema,
  pageSchema,
} from "./parts.js";
import type { propertiesSchema, traitsSchema } from "./properties.js";
import type { annotationSchema, costSchema, customerSchema, followUpSchema } from "./fact.js";
import type {
  branchSchema,
  questionSchema,
  questionTextsSchema,
  surveySchema,
  surveyTextsSchema,
} from "./survey.js";
import type {
  audienceSchema,
  capSchema,
  exposureSchema,
  fatigueSchema,
  quotaSchema,
  surveyDefinitionSchema,
  surveyPlanSchema,
  triggerSchema,
} from "./survey-rules.js";
import type {
  Audience,
  Cap,
  Exposure,
  Fatigue,
  Quota,
  SurveyDefinition,
  SurveyPlan,
  Trigger,
} from "./survey-rules-types.js";
import type { Branch, Question, QuestionTexts, Survey, SurveyTexts } from "./survey-types.js";
import type {
  Batch,
  Campaign,
  Contact,
  Context,
  Annotation,
  Cost,
  Customer,
  Event,
  Feedback,
  FollowUp,
  Page,
  Properties,
  Traits,
} from "./types.js";

// `satisfies` shows that a schema gives what its interface promises; equality shows that neither
// has a field the other lacks.
test("every schema and its interface are the same type", () => {
  expectTypeOf<z.infer<typeof eventSchema>>().toEqualTypeOf<Event>();
  expectTypeOf<z.infer<typeof batchSchema>>().toEqualTypeOf<Batch>();
  expectTypeOf<z.infer<typeof costSchema>>().toEqualTypeOf<Cost>();
  expectTypeOf<z.infer<typeof customerSchema>>().toEqualTypeOf<Customer>();
  expectTypeOf<z.infer<typeof followUpSchema>>().toEqualTypeOf<FollowUp>();
  expectTypeOf<z.infer<typeof annotationSchema>>().toEqualTypeOf<Annotation>();
  expectTypeOf<z.infer<typeof pageSchema>>().toEqualTypeOf<Page>();
  expectTypeOf<z.infer<typeof campaignSchema>>().toEqualTypeOf<Campaign>();
  expectTypeOf<z.infer<typeof feedbackSchema>>().toEqualTypeOf<Feedback>();
  expectTypeOf<z.infer<typeof contactSchema>>().toEqualTypeOf<Contact>();
  expectTypeOf<z.infer<typeof contextSchema>>().toEqualTypeOf<Context>();
  expectTypeOf<z.infer<typeof propertiesSchema>>().toEqualTypeOf<Properties>();
  expectTypeOf<z.infer<typeof traitsSchema>>().toEqualTypeOf<Traits>();
  expectTypeOf<z.infer<typeof branchSchema>>().toEqualTypeOf<Branch>();
  expectTypeOf<z.infer<typeof questionSchema>>().toExtend<Question>();
  expectTypeOf<Question>().toExtend<z.infer<typeof questionSchema>>();
  expectTypeOf<z.infer<typeof questionTextsSchema>>().toEqualTypeOf<QuestionTexts>();
  expectTypeOf<z.infer<typeof surveyTextsSchema>>().toEqualTypeOf<SurveyTexts>();
  expectTypeOf<z.infer<typeof surveySchema>>().toExtend<Survey>();
  expectTypeOf<Survey>().toExtend<z.infer<typeof surveySchema>>();
  expectTypeOf<z.infer<typeof audienceSchema>>().toEqualTypeOf<Audience>();
  expectTypeOf<z.infer<typeof capSchema>>().toEqualTypeOf<Cap>();
  expectTypeOf<z.infer<typeof quotaSchema>>().toEqualTypeOf<Quota>();
  expectTypeOf<z.infer<typeof exposureSchema>>().toEqualTypeOf<Exposure>();
  expectTypeOf<z.infer<typeof fatigueSchema>>().toEqualTypeOf<Fatigue>();
  expectTypeOf<z.infer<typeof triggerSchema>>().toEqualTypeOf<Trigger>();
  expectTypeOf<z.infer<typeof surveyDefinitionSchema>>().toExtend<SurveyDefinition>();
  expectTypeOf<SurveyDefinition>().toExtend<z.infer<typeof surveyDefinitionSchema>>();
  expectTypeOf<z.infer<typeof surveyPlanSchema>>().toExtend<SurveyPlan>();
  expectTypeOf<SurveyPlan>().toExtend<z.infer<typeof surveyPlanSchema>>();
});

test("an answer must carry its feedback", () => {
  expectTypeOf<z.infer<typeof answerEventSchema>["feedback"]>().toEqualTypeOf<Feedback>();
});

test("the ready-made names are literals", () => {
  expectTypeOf<(typeof EVENT_NAMES)[number]>().not.toEqualTypeOf<string>();
});

export type * from "./survey-types.js";
export type * from "./survey-rules-types.js";
export * from "./types.js";
export { batchSchema, envelopeSchema } from "./batch.js";
export { ERRORS, type ErrorCode, REJECTIONS } from "./errors.js";
export { EVENT_KINDS, eventSchema, schemaFor } from "./event.js";
export { jsonSchemas } from "./json-schema.js";
export { LIMITS } from "./limits.js";
export { EVENT_NAMES, type ReadyMadeName } from "./names.js";
export { describe, parseEvent, type ParsedEvent } from "./parse.js";
export {
  campaignSchema,
  contactSchema,
  contextSchema,
  feedbackSchema,
  pageSchema,
} from "./parts.js";
export { propertiesSchema, traitsSchema } from "./properties.js";
export {
  isReadyMade,
  parsePlan,
  type Plan,
  plannedProperties,
  type PlannedProperty,
  PROPERTY_TYPES,
  planSchema,
  type PropertyType,
} from "./plan.js";
export {
  annotationSchema,
  costSchema,
  customerSchema,
  type Fact,
  followUpSchema,
  type ParsedFact,
  parseFact,
} from "./fact.js";
export {
  branchSchema,
  questionSchema,
  questionTextsSchema,
  surveySchema,
  surveyTextsSchema,
} from "./survey.js";
export { CAP_ADVICE, FATIGUE_ADVICE, METRIC_ADVICE, QUESTIONS_ADVICE } from "./survey-advice.js";
export { exposureSchema, surveyDefinitionSchema, surveyPlanSchema } from "./survey-rules.js";

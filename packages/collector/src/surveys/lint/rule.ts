import type { SurveyDefinition, SurveyPlan } from "@balise/schema";

/** What could be better, and what to do. */
export interface Warning {
  rule: string;
  /** Left out where it is about the plan as a whole. */
  surveyId?: string;
  message: string;
}

export interface Rule {
  name: string;
  /** What there is to say of the survey, or of what all share where there is none. */
  look: (plan: SurveyPlan, survey: SurveyDefinition | undefined) => string[];
}

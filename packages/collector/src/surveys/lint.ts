import type { SurveyDefinition, SurveyPlan } from "@balise/schema";
import { capsAdvised } from "./lint/caps.js";
import { languagesComplete } from "./lint/languages.js";
import { objectiveStated } from "./lint/objective.js";
import { fewQuestions } from "./lint/questions.js";
import { oneScale } from "./lint/scales.js";
import type { Rule, Warning } from "./lint/rule.js";
import { neutralWording } from "./lint/wording.js";

const RULES: readonly Rule[] = [
  objectiveStated,
  fewQuestions,
  neutralWording,
  oneScale,
  languagesComplete,
  capsAdvised,
];

/** What a plan could do better: nothing of it is wrong, and all of it is taken. */
export function lint(plan: SurveyPlan): Warning[] {
  const surveys: readonly (SurveyDefinition | undefined)[] = [undefined, ...plan.surveys];
  return surveys.flatMap((survey) =>
    RULES.flatMap((rule) =>
      rule.look(plan, survey).map((message) => ({
        rule: rule.name,
        ...(survey && { surveyId: survey.id }),
        message,
      })),
    ),
  );
}

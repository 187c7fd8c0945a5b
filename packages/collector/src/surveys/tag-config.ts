import { pagesPattern } from "./pages.js";
import {
  CAP_ADVICE,
  FATIGUE_ADVICE,
  type SurveyDefinition,
  type SurveyPlan,
  type TagConfig,
  type TagSurvey,
} from "@balise/schema";

/** The share of non-displays that are told, where the plan does not say. */
const SUPPRESSED_SHARE = 0.1;

/**
 * What every page may read of a plan: surveys that are on, without what the team wants with them,
 * and the advice where the plan says nothing. `full` are those whose quota is reached.
 */
export function tagConfigOf(plan: SurveyPlan, full: ReadonlySet<string>): TagConfig {
  const { fatigue = {}, holdout = 0, conversions = [], suppressedShare } = plan;
  return {
    surveys: plan.surveys.filter(({ on }) => on !== false).map((survey) => told(survey, full)),
    fatigue: {
      ...FATIGUE_ADVICE,
      ...fatigue,
      perMetric: { ...FATIGUE_ADVICE.perMetric, ...fatigue.perMetric },
    },
    holdout,
    conversions,
    suppressedShare: suppressedShare ?? SUPPRESSED_SHARE,
  };
}

function told(survey: SurveyDefinition, full: ReadonlySet<string>): TagSurvey {
  const { objective: _objective, on: _on, quota: _quota, cap = CAP_ADVICE, ...rest } = survey;
  const triggers = (survey.triggers ?? []).map(({ pages, ...trigger }) => ({
    ...trigger,
    ...(pages && { pages: pagesPattern(pages) }),
  }));
  return { ...rest, cap, triggers, ...(full.has(survey.id) && { full: true }) };
}

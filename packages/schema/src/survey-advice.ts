import type { Cap, Fatigue } from "./survey-rules-types.js";

/** How often one survey is shown to one person, where it does not say. */
export const CAP_ADVICE: Cap = { times: 1, days: 90 };

/** How often a person is asked for one metric, where the plan does not say. */
export const METRIC_ADVICE: Cap = { times: 1, days: 30 };

/** What holds where the plan does not say; the linter warns of less. */
export const FATIGUE_ADVICE: Fatigue = {
  quietDays: 30,
  quietAfterDismissalsDays: 90,
  relationalDays: 90,
  perSession: 1,
  perMetric: {
    nps: METRIC_ADVICE,
    csat: METRIC_ADVICE,
    ces: METRIC_ADVICE,
    stars: METRIC_ADVICE,
    smiley: METRIC_ADVICE,
    thumbs: METRIC_ADVICE,
    choice: METRIC_ADVICE,
    text: METRIC_ADVICE,
  },
  overall: { times: 4, days: 365 },
};

/** Questions in one survey past which people leave. */
export const QUESTIONS_ADVICE = 3;

import type { SurveyDefinition } from "@balise/schema";

/** A survey that nothing is to be said of, with what a test changes. */
export function surveyOf(change: Partial<SurveyDefinition> = {}): SurveyDefinition {
  return {
    id: "checkout",
    version: 1,
    kind: "transactional",
    objective: "Decide whether delivery times are shown earlier",
    touchpoint: "checkout",
    placement: "popover",
    questions: [{ id: "score", metric: "csat", max: 5 }],
    texts: {
      fr: { questions: { score: { ask: "Quelle est votre satisfaction ?" } } },
      en: { questions: { score: { ask: "How satisfied are you with the checkout?" } } },
    },
    ...change,
  };
}

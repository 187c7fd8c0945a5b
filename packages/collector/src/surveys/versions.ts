import type { SurveyDefinition, SurveyPlan } from "@balise/schema";

/**
 * Surveys whose questions or words changed while their version did not grow: answers to both would
 * count as answers to one.
 */
export function unversioned(before: SurveyPlan, after: SurveyPlan): string[] {
  const known = new Map(before.surveys.map((survey) => [survey.id, survey]));
  return after.surveys
    .filter((survey) => {
      const old = known.get(survey.id);
      return old !== undefined && survey.version <= old.version && asked(old) !== asked(survey);
    })
    .map(({ id }) => id);
}

/** What a person answers to, whatever the order of keys. */
function asked({ kind, questions, texts }: SurveyDefinition): string {
  return JSON.stringify([kind, questions, texts], (_key, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

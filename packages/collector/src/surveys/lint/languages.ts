import type { SurveyDefinition, SurveyPlan } from "@balise/schema";
import type { Rule } from "./rule.js";

const tongueOf = (language: string): string => language.toLowerCase().split("-")[0] ?? "";

const tonguesOf = (survey: SurveyDefinition): string[] => Object.keys(survey.texts).map(tongueOf);

/** A missing language shows the first one to those who may not read it. */
export const languagesComplete: Rule = {
  name: "missing-language",
  look(plan, survey) {
    if (survey === undefined) return [];
    const own = new Set(tonguesOf(survey));
    const missing = [...wanted(plan)].filter((tongue) => !own.has(tongue));
    return [
      ...missing.map((tongue) => `it has no texts in ${JSON.stringify(tongue)}: add them`),
      ...halfLabelled(survey),
    ];
  },
};

function wanted({ languages, surveys }: SurveyPlan): Set<string> {
  return new Set(languages?.map(tongueOf) ?? surveys.flatMap(tonguesOf));
}

/** Ends of a scale that one language names and another does not. */
function halfLabelled({ texts, questions }: SurveyDefinition): string[] {
  const languages = Object.keys(texts);
  return questions.flatMap(({ id }) =>
    (["low", "high"] as const).flatMap((end) => {
      const without = languages.filter((one) => texts[one]?.questions[id]?.[end] === undefined);
      return without.length === 0 || without.length === languages.length
        ? []
        : [
            `question ${JSON.stringify(id)} says what ${end} means, but not in ${without.join(", ")}`,
          ];
    }),
  );
}

import { QUESTIONS_ADVICE } from "@balise/schema";
import type { Rule } from "./rule.js";

export const fewQuestions: Rule = {
  name: "too-many-questions",
  look(_plan, survey) {
    const count = survey?.questions.length ?? 0;
    return count > QUESTIONS_ADVICE
      ? [
          `it has ${count} questions: ask at most ${QUESTIONS_ADVICE}, since people leave longer ones`,
        ]
      : [];
  },
};

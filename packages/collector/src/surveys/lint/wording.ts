import { leadingWords } from "../wording.js";
import type { Rule } from "./rule.js";

export const neutralWording: Rule = {
  name: "leading-wording",
  look: (_plan, survey) =>
    Object.entries(survey?.texts ?? {}).flatMap(([language, { questions }]) =>
      Object.entries(questions).flatMap(([id, { ask }]) => {
        const words = leadingWords(ask, language);
        return words === undefined
          ? []
          : [
              `question ${JSON.stringify(id)} (${language}) leads to an answer by ${JSON.stringify(words)}: ask so that every answer is as easy to give`,
            ];
      }),
    ),
};

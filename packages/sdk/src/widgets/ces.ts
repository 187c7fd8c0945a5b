import { NUMBERS } from "../survey/numbers.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { CesQuestion } from "../survey.js";

/** Effort from 1 to 5, where low is good, or agreement that it was easy from 1 to 7. */
export const ces: QuestionType<CesQuestion> = {
  metric: "ces",
  css: NUMBERS,
  scale: ({ max }) => ({ min: 1, max, polarity: max === 5 ? -1 : 1 }),
  render: ({ max, notApplicable }, asking) => scored({ min: 1, max }, notApplicable, asking),
};

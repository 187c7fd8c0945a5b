import { NUMBERS } from "../survey/numbers.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { CsatQuestion } from "../survey.js";

/** "How satisfied are you?", 1 to 5 or to 10. */
export const csat: QuestionType<CsatQuestion> = {
  metric: "csat",
  css: NUMBERS,
  scale: ({ max }) => ({ min: 1, max, polarity: 1 }),
  render: ({ max, notApplicable }, asking) => scored({ min: 1, max }, notApplicable, asking),
};

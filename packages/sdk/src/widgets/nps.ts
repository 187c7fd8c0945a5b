import { NUMBERS } from "../survey/numbers.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { NpsQuestion } from "../survey.js";

const SCALE = { min: 0, max: 10, polarity: 1 } as const;

/** "How likely are you to recommend us?", 0 to 10. */
export const nps: QuestionType<NpsQuestion> = {
  metric: "nps",
  css: NUMBERS,
  scale: () => SCALE,
  render: ({ notApplicable }, asking) => scored(SCALE, notApplicable, asking),
};

import { glyph } from "../survey/element.js";
import { FACES } from "../survey/faces.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { ThumbsQuestion } from "../survey.js";

const SCALE = { min: 0, max: 1, polarity: 1 } as const;
const UP =
  "M7 11v9.5H4V11zl4-7.5c1.7 0 2.5 1.1 2.5 2.7V9h4.6a2 2 0 0 1 2 2.4l-1.4 7.4a2 2 0 0 1-2 1.7H7";

/** Thumb down or up. */
export const thumbs: QuestionType<ThumbsQuestion> = {
  metric: "thumbs",
  css: FACES,
  scale: () => SCALE,
  render: ({ notApplicable }, asking) =>
    scored(SCALE, notApplicable, asking, {
      className: "faces",
      label: (score) => asking.words.thumbs[score] ?? "",
      face: (score) => glyph(UP, score ? "" : "matrix(1 0 0 -1 0 24)"),
    }),
};

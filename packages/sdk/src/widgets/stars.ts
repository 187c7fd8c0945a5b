import { glyph } from "../survey/element.js";
import { FACES } from "../survey/faces.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { StarsQuestion } from "../survey.js";

const SCALE = { min: 1, max: 5, polarity: 1 } as const;
const STAR = "m12 2.5 2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.2-5.9 3.2 1.2-6.5L2.5 9.4l6.6-.9z";

/** All stars up to the chosen one are full. */
const CSS = `${FACES}
.stars .option { color: var(--ac); border: 0 !important; forced-color-adjust: none; }
.stars .choice:has(~ .choice :checked) svg, .stars :checked + .option svg { fill: currentColor; }
`;

/** One to five stars. */
export const stars: QuestionType<StarsQuestion> = {
  metric: "stars",
  css: CSS,
  scale: () => SCALE,
  render: ({ notApplicable }, asking) =>
    scored(SCALE, notApplicable, asking, {
      className: "faces stars",
      label: (score) => asking.words.stars(score),
      face: () => glyph(STAR),
    }),
};

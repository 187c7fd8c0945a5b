import { glyph } from "../survey/element.js";
import { FACES } from "../survey/faces.js";
import type { QuestionType } from "../survey/question-type.js";
import { scored } from "../survey/scored.js";
import type { SmileyQuestion } from "../survey.js";

const HEAD = "M12 2.5a9.5 9.5 0 1 0 .01 0M9 8.7v1m6-1v1M7.5 ";

/** Three or five faces. */
export const smiley: QuestionType<SmileyQuestion> = {
  metric: "smiley",
  css: FACES,
  scale: ({ max }) => ({ min: 1, max, polarity: 1 }),
  render({ max, notApplicable }, asking) {
    /** Of the five moods, from 0 on: three faces are the first, the third and the last. */
    const mood = (score: number): number => ((score - 1) * 4) / (max - 1);
    return scored({ min: 1, max }, notApplicable, asking, {
      className: "faces",
      label: (score) => asking.words.faces[mood(score)] ?? "",
      // The mouth's ends go down as its middle goes up.
      face: (score) => {
        const bend = (mood(score) - 2) * 1.9;
        return glyph(`${HEAD}${15 - bend / 3}Q12 ${15 + bend} 16.5 ${15 - bend / 3}`);
      },
    });
  },
};

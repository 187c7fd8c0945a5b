import type { Question, QuestionTexts } from "../survey.js";
import type { Feedback } from "../wire.js";
import type { Words } from "./words.js";

/** What a person has said to one question. */
export type Answer = Pick<Feedback, "score" | "choice" | "text" | "notApplicable">;

/** What a question's controls are made with. */
export interface Asking {
  texts: QuestionTexts;
  words: Words;
  /** What was answered before, when somebody comes back to it. */
  given: Answer | undefined;
  /**
   * To be called at each change, with nothing when the answer is taken back. A draft is an answer once it
   * is sent: what is typed and not sent stays with who wrote it.
   */
  give: (answer?: Answer, draft?: boolean) => void;
}

export interface Scale {
  min: number;
  max: number;
  /** 1: a high score is good; -1: a low score is good. */
  polarity: 1 | -1;
}

/** One kind of question: its scale, its look and its controls. */
export interface QuestionType<Asked extends Question = Question> {
  metric: Asked["metric"];
  css: string;
  /** Left out where there are no scores. */
  scale?(question: Asked): Scale;
  render(question: Asked, asking: Asking): Node[];
}

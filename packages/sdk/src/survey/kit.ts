import type { Outcome } from "../wire.js";
import type { Following } from "./branch.js";
import type { QuestionType } from "./question-type.js";
import type { OnReport, SurveyEnd } from "./report.js";
import type { Words } from "./words.js";

/** What a widget is made of, so that a page carries no more than it asks. */
export interface Kit {
  /** The kinds of question that the survey may have. */
  types: readonly QuestionType[];
  /** What widgets say by themselves, by language; the first is for all others. */
  words: { [language: string]: Words };
  /** Where an answer leads to: `branching` has it. @default one question after the other */
  following?: Following;
}

export interface ShowOptions {
  /** UUID that all answers of this display have. @default one made for it */
  responseId?: string;
  /** What became of the interaction that is asked about; every event carries it. @default none */
  outcome?: Outcome;
  /** Hears of what happened, as the events tell it. @default nobody */
  onReport?: OnReport;
  /** Called when it has left the page. @default nothing happens */
  onClose?: () => void;
  /**
   * The language to ask in.
   * @default that of the page, else that of the browser
   */
  language?: string;
  /**
   * Where an inline survey stands, as its last child.
   * @default the body of the page
   */
  target?: Element;
  /**
   * `light dark` is what the visitor's system says.
   * @default what the page's own `color-scheme` says
   */
  theme?: "light" | "dark" | "light dark";
  /** The visitor asked for it, so it takes the focus. @default false */
  byHand?: boolean;
}

/** A survey in the page. */
export interface Showing {
  /** Takes it away; if it was seen and not answered to its end, that is told. */
  close(how?: SurveyEnd): void;
}

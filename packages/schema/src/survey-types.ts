/**
 * What a survey is, as plain interfaces: the tag's widgets show it, the collector keeps and
 * checks it. Ids are the wire's `surveyId` and `questionId`; scales are those of its feedback.
 */
import type { Feedback } from "./types.js";

/** `transactional` is about one interaction, `relational` about the relation as a whole. */
export type SurveyKind = Feedback["kind"];

/**
 * Where a survey stands: over the corner of the page, within it, behind a tab at its side that
 * stays, or before all of it. On small screens all but `inline` are a sheet at the bottom.
 */
export type Placement = "popover" | "inline" | "tab" | "modal";

/** Where to go after an answer; the first branch that fits counts. */
export interface Branch {
  /** Fits scores from the first to the second, both included. */
  scores?: [from: number, to: number];
  /** Fits when one of these options was chosen. */
  choices?: string[];
  /** Fits the answer that the question does not apply. */
  notApplicable?: true;
  /** A later question, or `end`. A branch that names no answer fits always. */
  go: string;
}

interface AnyQuestion {
  /** The wire's `questionId`; of a survey's questions each has its own. */
  id: string;
  /** Without one that fits, the next question of the list follows. */
  branches?: Branch[];
}

interface ScoredQuestion extends AnyQuestion {
  /** Offers an answer of its own for people whom the question does not concern. */
  notApplicable?: boolean;
}

/** 0 to 10, high is good. */
export interface NpsQuestion extends ScoredQuestion {
  metric: "nps";
}

/** 1 to `max`, high is good. */
export interface CsatQuestion extends ScoredQuestion {
  metric: "csat";
  max: 5 | 10;
}

/** 1 to 5 asks for the effort, low is good; 1 to 7 for agreement ("it was easy"), high is good. */
export interface CesQuestion extends ScoredQuestion {
  metric: "ces";
  max: 5 | 7;
}

/** 1 to 5. */
export interface StarsQuestion extends ScoredQuestion {
  metric: "stars";
}

/** 1 to `max`, from a sad face to a glad one. */
export interface SmileyQuestion extends ScoredQuestion {
  metric: "smiley";
  max: 3 | 5;
}

/** 0 is the thumb that points down, 1 the one that points up. */
export interface ThumbsQuestion extends ScoredQuestion {
  metric: "thumbs";
}

export interface ChoiceQuestion extends AnyQuestion {
  metric: "choice";
  /** Ids of the options, in the order shown. */
  options: string[];
  /** Several may be chosen: the wire's `choice` has their ids in this order, commas between them. */
  multiple?: boolean;
  /** The person says who they are: the id chosen becomes this trait as well. */
  trait?: string;
}

export interface TextQuestion extends AnyQuestion {
  metric: "text";
}

export type Question =
  | NpsQuestion
  | CsatQuestion
  | CesQuestion
  | StarsQuestion
  | SmileyQuestion
  | ThumbsQuestion
  | ChoiceQuestion
  | TextQuestion;

/** The words of a question in one language. */
export interface QuestionTexts {
  /** The question itself. */
  ask: string;
  /** What the lowest and the highest score mean. */
  low?: string;
  high?: string;
  /** The answer of those whom the question does not concern. */
  notApplicable?: string;
  /** By the ids of the options. */
  options?: { [id: string]: string };
}

/** The words of a survey in one language. */
export interface SurveyTexts {
  /** On the tab, and the name of the whole. */
  title?: string;
  /** At the end. */
  thanks?: string;
  /** By the ids of the questions. */
  questions: { [id: string]: QuestionTexts };
}

export interface Survey {
  /** The wire's `surveyId`. */
  id: string;
  /** Grows with every change of wording or questions; the wire's `surveyVersion`. */
  version: number;
  kind: SurveyKind;
  /** What the team will decide with the answers. */
  objective?: string;
  /** The step of the customer's way that it is about. */
  touchpoint?: string;
  placement: Placement;
  /**
   * A popover that nobody has touched goes away after so many visible seconds: at least 20, the
   * least that readers are to be given (WCAG 2.2.1).
   */
  timeoutSeconds?: number;
  questions: Question[];
  /** By language, such as `fr` or `pt-BR`. The first one is for those who read none of them. */
  texts: { [language: string]: SurveyTexts };
}

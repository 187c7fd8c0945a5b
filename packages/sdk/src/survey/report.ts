import type { Feedback } from "../wire.js";

/** How a display of a survey ends. */
export type SurveyEnd =
  | "survey_completed"
  | "survey_dismissed"
  | "survey_abandoned"
  | "survey_timed_out";

/** The names of what is told of a display. */
export type SurveyEvent = "survey_shown" | "survey_answered" | "survey_suppressed" | SurveyEnd;

/** What happened, as its event tells it; with every answer its feedback. */
export type OnReport = (name: SurveyEvent, responseId: string, feedback?: Feedback) => void;

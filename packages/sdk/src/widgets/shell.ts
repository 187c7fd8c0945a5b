export type { Kit, Showing, ShowOptions } from "../survey/kit.js";
export type { Answer, Asking, QuestionType, Scale } from "../survey/question-type.js";
export type { OnReport, SurveyEnd, SurveyEvent } from "../survey/report.js";
export { showSurvey } from "../survey/show.js";
export type { Words } from "../survey/words.js";
export type * from "../survey.js";

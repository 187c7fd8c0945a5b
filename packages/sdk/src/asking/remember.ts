import type { SurveyEvent } from "../survey/report.js";
import type { TagSurvey } from "../survey-rules.js";
import type { AskingContext } from "./context.js";
import { exposuresIn, keepExposures } from "./exposures.js";

/**
 * Keeps what a widget tells of one display: that it was seen, and whether it was closed without an
 * answer. A tab is opened by whoever wants to say something: it counts for nothing.
 */
export function remember(
  { id, kind, questions, placement }: TagSurvey,
  { memories, platform }: AskingContext,
): (name: SurveyEvent, responseId: string) => void {
  let answered = placement === "tab";
  return (name, responseId) => {
    const exposures = exposuresIn(memories);
    const display = responseId.slice(0, 8);
    if (name === "survey_answered") answered = true;
    if (name === "survey_shown" && placement !== "tab") {
      const metric = questions[0]?.metric ?? "text";
      const at = platform.now();
      const shown = { id: display, surveyId: id, kind, metric, at, dismissed: false };
      keepExposures(memories, [shown, ...exposures]);
    }
    if (name === "survey_dismissed" && !answered) {
      const dismissed = true;
      const marked = exposures.map((one) => (one.id === display ? { ...one, dismissed } : one));
      keepExposures(memories, marked);
    }
  };
}

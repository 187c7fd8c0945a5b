import type { ShowOptions, Showing } from "../survey/kit.js";
import type { Tracker } from "../instruments/tracker.js";
import type { Survey } from "../survey.js";
import type { TagOptions } from "../options.js";
import type { Reason } from "./fatigue.js";

/** What shows a survey: `widgets/all` does any. */
export interface Widgets {
  showAnySurvey(tag: Tracker, survey: Survey, options?: ShowOptions): Showing;
}

/** The tag's own options, of which these count, and what is asked by surveys alone. */
export interface SurveysOptions extends Pick<
  TagOptions,
  | "key"
  | "host"
  | "consent"
  | "respectGpc"
  | "respectDnt"
  | "area"
  | "channel"
  | "traits"
  | "cookies"
  | "storagePrefix"
  | "app"
> {
  /** Brings what shows surveys, when one is to be shown. @default all of `@balise/sdk/widgets/all` */
  load?: () => Promise<Widgets>;
  /** How they look and speak. @default as the page */
  look?: Pick<ShowOptions, "language" | "theme">;
}

/** Whether a survey would be shown now, if it were triggered. */
export interface Explanation {
  surveyId: string;
  shows: boolean;
  /** All rules that forbid it. */
  reasons: Reason[];
}

/** By force: in spite of all rules, as for a test of the team's own. */
export type ShowSurveyOptions = ShowOptions & { force?: boolean };

export interface Surveys {
  /**
   * Shows a survey by its id, under the same rules as triggers do.
   * @returns whether it is in the page now.
   */
  show(surveyId: string, options?: ShowSurveyOptions): Promise<boolean>;
  /** Why each survey would or would not be shown now; printed to the console as well. */
  explain(): Promise<Explanation[]>;
  /** Takes away what is shown and ends all watching. */
  stop(): void;
}

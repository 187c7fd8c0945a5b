import type { Cap, Exposure, Fatigue, TagSurvey } from "../survey-rules.js";

const DAY_MS = 86_400_000;

/** Why a survey is not shown; told as `reason` of `survey_suppressed`. */
export type Reason =
  | "holdout"
  | "not_sampled"
  | "audience"
  | "quota"
  | "shown_here"
  | "session_cap"
  | "quiet_period"
  | "dismissed_twice"
  | "relational_gap"
  | "survey_cap"
  | "metric_cap"
  | "overall_cap"
  | "another_survey"
  | "no_target"
  | "unavailable";

const once = (days: number): Cap => ({ times: 1, days });

/**
 * The rules that this survey would break if it were shown now to somebody who was shown these,
 * latest first. A tab breaks none: people open it themselves.
 */
export function tooMuch(
  { id, kind, cap, placement, questions }: TagSurvey,
  exposures: readonly Exposure[],
  { perSession, perMetric, overall, ...days }: Fatigue,
  now: number,
  visitStart: number,
): Reason[] {
  if (placement === "tab") return [];
  const metric = questions[0]?.metric;
  /** Whether there were so many already; what seems to lie ahead, by another clock, counts. */
  const reached = (cap?: Cap, counts: (one: Exposure) => boolean = () => true): boolean =>
    !!cap &&
    exposures.filter((one) => now - one.at < cap.days * DAY_MS && counts(one)).length >= cap.times;
  const broken: { [reason in Reason]?: boolean } = {
    session_cap: exposures.filter(({ at }) => at >= visitStart).length >= perSession,
    quiet_period: reached(once(days.quietDays)),
    dismissed_twice:
      exposures[0]?.dismissed &&
      exposures[1]?.dismissed &&
      reached(once(days.quietAfterDismissalsDays)),
    relational_gap:
      kind === "relational" && reached(once(days.relationalDays), (one) => one.kind === kind),
    survey_cap: reached(cap, (one) => one.surveyId === id),
    metric_cap: reached(metric && perMetric[metric], (one) => one.metric === metric),
    overall_cap: reached(overall),
  };
  // The keys are those just written.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (Object.keys(broken) as Reason[]).filter((reason) => broken[reason]);
}

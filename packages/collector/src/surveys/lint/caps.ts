import { CAP_ADVICE, FATIGUE_ADVICE, METRIC_ADVICE, type Cap, type Fatigue } from "@balise/schema";
import type { Rule } from "./rule.js";

/** Whether the cap allows more within the time of the advice than that does. */
function isLooser(cap: Cap, advice: Cap): boolean {
  return cap.times * Math.ceil(advice.days / cap.days) > advice.times;
}

const told = ({ times, days }: Cap): string => `${times} in ${days} days`;

export const capsAdvised: Rule = {
  name: "loose-cap",
  look(plan, survey) {
    if (survey === undefined) return fatigueLooser(plan.fatigue ?? {});
    const { cap = CAP_ADVICE } = survey;
    return survey.placement !== "tab" && isLooser(cap, CAP_ADVICE)
      ? [`its cap of ${told(cap)} is looser than the advised ${told(CAP_ADVICE)}`]
      : [];
  },
};

const LEAST = ["quietDays", "quietAfterDismissalsDays", "relationalDays"] as const;

function fatigueLooser(fatigue: Partial<Fatigue>): string[] {
  const { perSession = 0, perMetric = {}, overall } = fatigue;
  return [
    ...LEAST.filter((name) => (fatigue[name] ?? Infinity) < FATIGUE_ADVICE[name]).map(
      (name) =>
        `fatigue.${name} of ${fatigue[name]} is less than the advised ${FATIGUE_ADVICE[name]}`,
    ),
    ...(perSession > FATIGUE_ADVICE.perSession
      ? [
          `fatigue.perSession of ${perSession} is more than the advised ${FATIGUE_ADVICE.perSession}`,
        ]
      : []),
    ...Object.entries(perMetric)
      .filter(([, cap]) => isLooser(cap, METRIC_ADVICE))
      .map(
        ([metric, cap]) =>
          `fatigue.perMetric.${metric} of ${told(cap)} is looser than the advised ${told(METRIC_ADVICE)}`,
      ),
    ...(overall && isLooser(overall, FATIGUE_ADVICE.overall)
      ? [
          `fatigue.overall of ${told(overall)} is looser than the advised ${told(FATIGUE_ADVICE.overall)}`,
        ]
      : []),
  ];
}

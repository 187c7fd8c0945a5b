import type { Question, SurveyDefinition, SurveyPlan } from "@balise/schema";
import type { Rule } from "./rule.js";

/** A score and what it means: the metric, its highest score, and which end is good. */
interface Scale {
  metric: string;
  max: number;
  good: "high" | "low";
}

const FIXED_MAX: { [metric: string]: number } = { nps: 10, stars: 5, thumbs: 1 };

function scaleOf(question: Question): Scale[] {
  const { metric } = question;
  const max = "max" in question ? question.max : FIXED_MAX[metric];
  if (max === undefined) return [];
  return [{ metric, max, good: metric === "ces" && max === 5 ? "low" : "high" }];
}

const scalesOf = ({ questions }: SurveyDefinition): Scale[] => questions.flatMap(scaleOf);

/** People answer the second scale as they answered the first; and scores of two scales make no mean. */
export const oneScale: Rule = {
  name: "mixed-scales",
  look(plan, survey) {
    if (survey === undefined) return [];
    return [...within(survey), ...beside(plan, survey)];
  },
};

function within(survey: SurveyDefinition): string[] {
  const scales = scalesOf(survey);
  const told: string[] = [];
  const [first] = scales;
  const turned = scales.find(({ good }) => good !== first?.good);
  if (first && turned) {
    told.push(
      `${nameOf(first)} is good when ${first.good}, ${nameOf(turned)} when ${turned.good}: let all scores of a survey mean the same`,
    );
  }
  const other = scales.find(
    (one) => !turned && scales.some(({ metric, max }) => metric === one.metric && max !== one.max),
  );
  if (other) told.push(`it asks for ${other.metric} on two scales: choose one`);
  return told;
}

/** The same metric at the same touchpoint elsewhere in the plan; told once, of the later survey. */
function beside({ surveys }: SurveyPlan, survey: SurveyDefinition): string[] {
  const before = surveys.slice(0, surveys.indexOf(survey));
  for (const scale of scalesOf(survey)) {
    const other = before.find(
      (one) =>
        one.touchpoint === survey.touchpoint &&
        scalesOf(one).some(({ metric, max }) => metric === scale.metric && max !== scale.max),
    );
    if (other) {
      return [
        `it asks for ${nameOf(scale)}, ${JSON.stringify(other.id)} at the same touchpoint on another scale: their scores cannot be compared`,
      ];
    }
  }
  return [];
}

const nameOf = ({ metric, max }: Scale): string => `${metric} up to ${max}`;

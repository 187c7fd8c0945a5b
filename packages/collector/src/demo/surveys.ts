import type { Feedback } from "@balise/schema";
import { VERBATIMS } from "./catalogue.js";
import type { Random } from "./random.js";
import type { Session } from "./session.js";

type Metric = "nps" | "csat" | "ces" | "thumbs";

interface Survey {
  id: string;
  kind: Feedback["kind"];
  metric: Metric;
  min: number;
  max: number;
  touchpoint: string;
  /** Share of the displays that get an answer, and that are closed without one. */
  answered: number;
  dismissed: number;
}

export const NPS: Survey = {
  id: "relationship",
  kind: "relational",
  metric: "nps",
  min: 0,
  max: 10,
  touchpoint: "account",
  answered: 0.36,
  dismissed: 0.4,
};

export const CSAT: Survey = {
  id: "checkout",
  kind: "transactional",
  metric: "csat",
  min: 1,
  max: 5,
  touchpoint: "checkout",
  answered: 0.45,
  dismissed: 0.32,
};

export const CES: Survey = {
  id: "address",
  kind: "transactional",
  metric: "ces",
  min: 1,
  max: 7,
  touchpoint: "address",
  answered: 0.5,
  dismissed: 0.3,
};

export const THUMBS: Survey = {
  id: "help",
  kind: "transactional",
  metric: "thumbs",
  min: 0,
  max: 1,
  touchpoint: "help",
  answered: 0.3,
  dismissed: 0.1,
};

type Mood = "content" | "displeased";

/** Scores from low to high, by how often they are given. */
const SCORES: Record<Metric, Record<Mood, readonly number[]>> = {
  nps: {
    content: [1, 0.5, 0.5, 1, 1, 4, 5, 14, 22, 24, 27],
    displeased: [16, 7, 9, 11, 10, 16, 12, 9, 6, 3, 1],
  },
  csat: { content: [2, 4, 12, 40, 42], displeased: [44, 28, 16, 9, 3] },
  // Agreement that it was easy.
  ces: { content: [2, 3, 5, 10, 22, 32, 26], displeased: [18, 20, 18, 16, 14, 9, 5] },
  thumbs: { content: [22, 78], displeased: [64, 36] },
};

const COMMENTS = 0.3;
/** In companies some may not recommend anyone. */
const NOT_APPLICABLE = 0.12;

/** Shows a survey on the page where the session is; the customer answers, closes it, or neither. */
export function askIn(session: Session, survey: Survey, mood: Mood): void {
  const { random } = session;
  session.wait(4);
  const responseId = random.uuid(session.time());
  const properties = {
    surveyId: survey.id,
    surveyVersion: 1,
    responseId,
    kind: survey.kind,
    metric: survey.metric,
    touchpoint: survey.touchpoint,
  };
  session.record("survey_shown", { properties });
  const choice = random.next();
  if (choice >= survey.answered + survey.dismissed) return;
  session.wait(9);
  if (choice >= survey.answered) return session.record("survey_dismissed", { properties });
  const feedback: Feedback = {
    surveyId: survey.id,
    surveyVersion: 1,
    kind: survey.kind,
    responseId,
    questionId: survey.metric,
    metric: survey.metric,
    min: survey.min,
    max: survey.max,
    polarity: 1,
    touchpoint: survey.touchpoint,
  };
  session.record("survey_answered", {
    outcome: mood === "content" ? "success" : "failure",
    feedback: { ...feedback, ...answerOf(session, survey, mood) },
  });
}

function answerOf({ person, random }: Session, survey: Survey, mood: Mood): Partial<Feedback> {
  const company = person.customer?.accountId !== undefined;
  if (survey.metric === "nps" && company && random.chance(NOT_APPLICABLE)) {
    return { notApplicable: true };
  }
  const score = survey.min + placeOf(SCORES[survey.metric][mood], random);
  if (!random.chance(COMMENTS)) return { score };
  const tone = score - survey.min > (survey.max - survey.min) / 2 ? "high" : "low";
  return { score, text: random.pick(VERBATIMS[tone][person.language]) };
}

/** A place in the list, each as often as its number says. */
function placeOf(weights: readonly number[], random: Random): number {
  let rest = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (rest -= weight) < 0),
  );
}

import type { Placement, Question, Survey, SurveyTexts } from "../survey.js";

/** Every kind of question and scale, by what it is called in snapshots and pictures. */
export const QUESTIONS: { [name: string]: Question } = {
  nps: { id: "q", metric: "nps", notApplicable: true },
  "csat-5": { id: "q", metric: "csat", max: 5 },
  "csat-10": { id: "q", metric: "csat", max: 10 },
  "ces-5": { id: "q", metric: "ces", max: 5 },
  "ces-7": { id: "q", metric: "ces", max: 7 },
  stars: { id: "q", metric: "stars" },
  "smiley-3": { id: "q", metric: "smiley", max: 3 },
  "smiley-5": { id: "q", metric: "smiley", max: 5 },
  thumbs: { id: "q", metric: "thumbs" },
  choice: { id: "q", metric: "choice", options: ["price", "delay", "other"] },
  choices: { id: "q", metric: "choice", options: ["price", "delay", "other"], multiple: true },
  category: { id: "q", metric: "choice", options: ["buy", "compare", "help"], trait: "need" },
  text: { id: "q", metric: "text" },
};

export const PLACEMENTS: Placement[] = ["popover", "inline", "tab", "modal"];

const EN = {
  ask: "How likely are you to recommend us to a friend?",
  low: "Not at all likely",
  high: "Extremely likely",
  options: {
    price: "The price",
    delay: "The delivery took too long",
    other: "Something else",
    buy: "I want to buy",
    compare: "I am comparing",
    help: "I need help",
  },
};
const FR = {
  ask: "Recommanderiez-vous notre banque à un proche ?",
  low: "Certainement pas",
  high: "Certainement",
  options: {
    price: "Le prix",
    delay: "Le délai de livraison",
    other: "Autre chose",
    buy: "Je veux acheter",
    compare: "Je compare",
    help: "J’ai besoin d’aide",
  },
};

function textsOf(questions: Question[], texts: typeof EN): SurveyTexts {
  return { questions: Object.fromEntries(questions.map(({ id }) => [id, texts])) };
}

/** A survey of these questions, in both languages. */
export function surveyOf(questions: Question[], more: Partial<Survey> = {}): Survey {
  return {
    id: "checkout",
    version: 2,
    kind: "transactional",
    touchpoint: "payment",
    placement: "popover",
    questions,
    texts: { en: textsOf(questions, EN), fr: textsOf(questions, FR) },
    ...more,
  };
}

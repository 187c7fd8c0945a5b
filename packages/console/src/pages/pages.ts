import type { Question } from "../api/question.js";

/** A page of questions: all of a topic, or those that are named. */
interface Page {
  /** Names that stand first, in this order; the others follow as the collector lists them. */
  first: readonly string[];
  /** Only these are shown, each broken down: what a page about groups is for. */
  byGroup?: true;
}

/** The pages that are nothing but questions. A topic is the page of its name. */
const TOPIC_PAGES = {
  overview: { first: ["sessions_summary", "people", "before_after", "retention"] },
  journeys: { first: ["pages", "paths", "outcomes"] },
  acquisition: { first: ["acquisition"] },
  contacts: { first: ["contacts_per_customer", "contact_after", "contact_resolution"] },
  feedback: { first: ["nps", "csat", "ces", "scores", "score_distribution", "feedback_rates"] },
  friction: { first: ["friction"] },
  segments: {
    first: ["sessions_summary", "people", "outcomes", "nps", "csat", "contacts_per_customer"],
    byGroup: true,
  },
  coverage: { first: ["coverage", "event_names"] },
} as const satisfies Record<string, Page>;

export type TopicPage = keyof typeof TOPIC_PAGES;

/** In the order in which they stand in the header. */
export const PAGE_NAMES = [
  "overview",
  "funnel",
  "journeys",
  "acquisition",
  "contacts",
  "feedback",
  "friction",
  "segments",
  "coverage",
  "live",
] as const;

export const isTopicPage = (name: string): name is TopicPage => Object.hasOwn(TOPIC_PAGES, name);

/** Whether its questions are asked group by group. */
export const isByGroup = (page: TopicPage): boolean => {
  const { byGroup }: Page = TOPIC_PAGES[page];
  return byGroup === true;
};

/** The questions that stand on a page, in their order. */
export function questionsOn(page: TopicPage, questions: readonly Question[]): Question[] {
  const { first, byGroup }: Page = TOPIC_PAGES[page];
  const placed = first.flatMap((name) => questions.filter((question) => question.name === name));
  const rest = questions.filter(({ topic, name }) => topic === page && !first.includes(name));
  const all = [...placed, ...rest];
  return byGroup === true ? all.filter(({ fields }) => fields !== null) : all;
}

import { readCards, writeCards, type Cards } from "./cards.js";
import { readScope, writeScope, type Scope } from "./scope.js";

/** All that a link to a page of questions says. */
export interface TopicState extends Scope, Cards {}

export function writeTopic(state: TopicState): URLSearchParams {
  const search = new URLSearchParams();
  writeScope(state, search);
  writeCards(state, search);
  return search;
}

export function readTopic(search: URLSearchParams): TopicState {
  return { ...readScope(search), ...readCards(search) };
}

import { readScope, writeScope, type Scope } from "./scope.js";

/** All that a link to a page of questions says. */
export interface TopicState extends Scope {
  /** Parameters that differ from their defaults, as typed: `question.parameter` → text. */
  own: Readonly<Record<string, string>>;
  /** Names of the questions that are shown as tables. */
  tables: readonly string[];
}

const OWN = /^[a-z]\w{0,63}\.\w{1,64}$/;

export function writeTopic(state: TopicState): URLSearchParams {
  const search = new URLSearchParams();
  writeScope(state, search);
  for (const [name, value] of Object.entries(state.own)) search.set(name, value);
  for (const name of state.tables) search.append("table", name);
  return search;
}

export function readTopic(search: URLSearchParams): TopicState {
  return {
    ...readScope(search),
    own: Object.fromEntries([...search].filter(([name]) => OWN.test(name))),
    tables: search.getAll("table"),
  };
}

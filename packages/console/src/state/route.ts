import { isTopicPage, type TopicPage } from "../pages/pages.js";
import { readFunnel, writeFunnel, type FunnelState } from "./funnel-state.js";
import { readScope, writeScope, type Scope } from "./scope.js";
import { readTopic, writeTopic, type TopicState } from "./topic-state.js";

export interface LiveState extends Scope {
  /** Shows only events whose name, page or person contains this text. */
  find: string;
  bots: boolean;
}

export type Route =
  | { page: "funnel"; state: FunnelState }
  | { page: "live"; state: LiveState }
  | { page: TopicPage; state: TopicState };

/** The page and its state from the hash of the address; anything unknown is the funnel. */
export function readRoute(hash: string): Route {
  const [path, query = ""] = splitOnce(hash.replace(/^#?\/?/, ""), "?");
  const search = new URLSearchParams(query);
  if (path === "live") {
    const find = search.get("find") ?? "";
    const bots = search.get("bots") !== "0";
    return { page: "live", state: { ...readScope(search), find, bots } };
  }
  if (isTopicPage(path)) return { page: path, state: readTopic(search) };
  return { page: "funnel", state: readFunnel(search) };
}

export function writeRoute(route: Route): string {
  const query = searchOf(route).toString();
  return query === "" ? `#/${route.page}` : `#/${route.page}?${query}`;
}

/** Another page, asked about the same. */
export function writePage(page: Route["page"], scope: Scope): string {
  const search = new URLSearchParams();
  writeScope(scope, search);
  const query = search.toString();
  return query === "" ? `#/${page}` : `#/${page}?${query}`;
}

function searchOf(route: Route): URLSearchParams {
  if (route.page === "live") return writeLive(route.state);
  return route.page === "funnel" ? writeFunnel(route.state) : writeTopic(route.state);
}

function writeLive(state: LiveState): URLSearchParams {
  const search = new URLSearchParams();
  writeScope(state, search);
  if (state.find !== "") search.set("find", state.find);
  if (!state.bots) search.set("bots", "0");
  return search;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

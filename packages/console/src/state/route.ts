import { readFunnel, writeFunnel, type FunnelState } from "./funnel-state.js";

export interface LiveState {
  /** Shows only events whose name, page or person contains this text. */
  find: string;
  bots: boolean;
}

export type Route = { page: "funnel"; state: FunnelState } | { page: "live"; state: LiveState };

/** The page and its state from the hash of the address; anything unknown is the funnel. */
export function readRoute(hash: string): Route {
  const [path, query = ""] = splitOnce(hash.replace(/^#?\/?/, ""), "?");
  const search = new URLSearchParams(query);
  if (path === "live") {
    const state = { find: search.get("find") ?? "", bots: search.get("bots") !== "0" };
    return { page: "live", state };
  }
  return { page: "funnel", state: readFunnel(search) };
}

export function writeRoute(route: Route): string {
  const search = route.page === "live" ? writeLive(route.state) : writeFunnel(route.state);
  const query = search.toString();
  return query === "" ? `#/${route.page}` : `#/${route.page}?${query}`;
}

function writeLive(state: LiveState): URLSearchParams {
  const search = new URLSearchParams();
  if (state.find !== "") search.set("find", state.find);
  if (!state.bots) search.set("bots", "0");
  return search;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

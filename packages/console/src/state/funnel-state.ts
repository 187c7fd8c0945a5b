import { UNITS, type Unit } from "../api/types.js";
import { readCards, writeCards, type Cards } from "./cards.js";
import { readCondition, writeCondition, type Condition } from "./condition.js";
import { readScope, usualScope, writeScope, type Scope } from "./scope.js";

/** One step: any of the events, when all conditions hold. */
export interface Step {
  events: string[];
  where: Condition[];
}

export type View = "chart" | "table";

/** All that a link to a funnel says. */
export interface FunnelState extends Scope, Cards {
  steps: Step[];
  windowSeconds: number;
  by: Unit;
  view: View;
}

export const MAX_STEPS = 20;
export const MAX_WINDOW_SECONDS = 366 * 86_400;

export function emptyFunnel(): FunnelState {
  return {
    ...usualScope(),
    own: {},
    tables: [],
    steps: [],
    windowSeconds: 7 * 86_400,
    by: "person",
    view: "chart",
  };
}

/**
 * The state as the query part of the address. A step is `s=event`, followed by `or=event` for
 * each other event and `if=op:property:value` for each condition. What has its default value
 * is left out.
 */
export function writeFunnel(state: FunnelState): URLSearchParams {
  const search = new URLSearchParams();
  for (const step of state.steps) {
    search.append("s", step.events[0] ?? "");
    for (const event of step.events.slice(1)) search.append("or", event);
    for (const condition of step.where) search.append("if", writeCondition(condition));
  }
  const usual = emptyFunnel();
  writeScope(state, search);
  writeCards(state, search);
  if (state.windowSeconds !== usual.windowSeconds) {
    search.set("window", String(state.windowSeconds));
  }
  if (state.by !== usual.by) search.set("by", state.by);
  if (state.view !== usual.view) search.set("view", state.view);
  return search;
}

/** Reads what `writeFunnel` wrote. What makes no sense takes its default: a link never fails. */
export function readFunnel(search: URLSearchParams): FunnelState {
  const state = { ...emptyFunnel(), ...readScope(search), ...readCards(search) };
  for (const [key, value] of search) {
    if (key === "s" && state.steps.length < MAX_STEPS) {
      state.steps.push({ events: [value], where: [] });
    }
    const step = state.steps.at(-1);
    if (key === "or") step?.events.push(value);
    if (key === "if") {
      const condition = readCondition(value);
      if (condition !== null) step?.where.push(condition);
    }
  }
  const window = Number(search.get("window") ?? "");
  if (Number.isInteger(window) && window > 0 && window <= MAX_WINDOW_SECONDS) {
    state.windowSeconds = window;
  }
  state.by = UNITS.find((unit) => unit === search.get("by")) ?? state.by;
  if (search.get("view") === "table") state.view = "table";
  return state;
}

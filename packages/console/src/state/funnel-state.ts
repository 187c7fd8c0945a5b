import { OPERATORS, UNITS, type Operator, type Unit } from "../api/types.js";
import { isDay, PRESET_DAYS, type Period } from "./period.js";

export interface Condition {
  property: string;
  op: Operator;
  /** As typed; what goes over the wire is made by `toParameters`. */
  value: string;
}

/** One step: any of the events, when all conditions hold. */
export interface Step {
  events: string[];
  where: Condition[];
}

export type View = "chart" | "table";

/** All that a link to a funnel says. */
export interface FunnelState {
  steps: Step[];
  period: Period;
  windowSeconds: number;
  by: Unit;
  /** Empty: no breakdown. */
  breakdown: string;
  view: View;
}

export const MAX_STEPS = 20;
export const MAX_WINDOW_SECONDS = 366 * 86_400;

export function emptyFunnel(): FunnelState {
  return {
    steps: [],
    period: { kind: "last", days: 30 },
    windowSeconds: 7 * 86_400,
    by: "person",
    breakdown: "",
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
  if (state.period.kind === "range") {
    search.set("from", state.period.from);
    search.set("to", state.period.to);
  } else if (state.period.days !== 30) search.set("last", `${state.period.days}d`);
  if (state.windowSeconds !== usual.windowSeconds) {
    search.set("window", String(state.windowSeconds));
  }
  if (state.by !== usual.by) search.set("by", state.by);
  if (state.breakdown !== "") search.set("breakdown", state.breakdown);
  if (state.view !== usual.view) search.set("view", state.view);
  return search;
}

/** Reads what `writeFunnel` wrote. What makes no sense takes its default: a link never fails. */
export function readFunnel(search: URLSearchParams): FunnelState {
  const state = emptyFunnel();
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
  state.period = readPeriod(search);
  const window = Number(search.get("window") ?? "");
  if (Number.isInteger(window) && window > 0 && window <= MAX_WINDOW_SECONDS) {
    state.windowSeconds = window;
  }
  state.by = UNITS.find((unit) => unit === search.get("by")) ?? state.by;
  state.breakdown = search.get("breakdown") ?? "";
  if (search.get("view") === "table") state.view = "table";
  return state;
}

function readPeriod(search: URLSearchParams): Period {
  const from = search.get("from") ?? "";
  const to = search.get("to") ?? "";
  if (isDay(from) && isDay(to)) return { kind: "range", from, to };
  const days = PRESET_DAYS.find((days) => `${days}d` === search.get("last"));
  return { kind: "last", days: days ?? 30 };
}

function writeCondition({ op, property, value }: Condition): string {
  return `${op}:${escape(property)}:${escape(value)}`;
}

function readCondition(text: string): Condition | null {
  const [op, property, value] = text.split(":");
  const operator = OPERATORS.find((known) => known === op);
  if (operator === undefined || property === undefined || value === undefined) return null;
  return { op: operator, property: unescape(property), value: unescape(value) };
}

const escape = (text: string): string => text.replaceAll("%", "%25").replaceAll(":", "%3A");
const unescape = (text: string): string => text.replaceAll("%3A", ":").replaceAll("%25", "%");

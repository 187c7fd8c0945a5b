import type { Queries, WireCondition, WireStep } from "../api/types.js";
import type { Condition } from "./condition.js";
import type { FunnelState, Step } from "./funnel-state.js";
import { rangeOf } from "./period.js";

export type FunnelParameters = Queries["funnel"]["parameters"];

/**
 * The funnel as the collector takes it, or null while it has fewer than two finished steps or
 * its dates are the wrong way round. Steps and conditions still being written are left out.
 */
export function toParameters(state: FunnelState, now: number): FunnelParameters | null {
  const steps = state.steps.map(wireStep).filter((step) => step !== null);
  const { from, to } = rangeOf(state.period, now);
  if (steps.length < 2 || from > to) return null;
  const filters = wireConditions(state.filters);
  return {
    steps,
    windowSeconds: state.windowSeconds,
    from,
    to,
    by: state.by,
    ...(state.breakdown === "" ? {} : { breakdown: state.breakdown }),
    ...(filters.length === 0 ? {} : { filters }),
  };
}

function wireStep(step: Step): WireStep | null {
  const events = [...new Set(step.events.filter((event) => event !== ""))];
  const [first] = events;
  if (first === undefined) return null;
  const event = events.length === 1 ? first : events;
  const where = wireConditions(step.where);
  return where.length === 0 ? event : { event, where };
}

/** Those that are finished. */
export const wireConditions = (conditions: readonly Condition[]): WireCondition[] =>
  conditions.map(wireCondition).filter((condition) => condition !== null);

function wireCondition({ property, op, value }: Condition): WireCondition | null {
  if (property.trim() === "") return null;
  if (op === "exists") return { property, op };
  if (value.trim() === "") return null;
  if (op === "<" || op === ">") {
    const number = Number(value.replace(",", "."));
    return Number.isFinite(number) ? { property, op, value: number } : null;
  }
  if (op === "in") {
    const values = value.split(",").map((part) => part.trim());
    const named = values.filter((part) => part !== "");
    return named.length === 0 ? null : { property, op, value: named };
  }
  return { property, op, value };
}

import { z } from "zod";
import { conditionSql, type Condition } from "../conditions.js";
import type { FieldReader } from "../fields.js";
import type { Parameters } from "../parameters.js";
import type { ChainQuery } from "./schema.js";

/** Events, and what must be true of them. */
export interface Match {
  events: string[];
  where: Condition[];
}

export interface Step extends Match {
  optional: boolean;
}

export interface Exclusion extends Match {
  /** Of the required steps between which it counts, the places in their own order: 1, 2, … */
  between: [number, number];
}

/** A funnel whose parts have been put in one form. */
export interface Shape {
  steps: Step[];
  /** The required steps, then the optional ones: the order in which SQL numbers them. */
  inner: Step[];
  /** How many are required. */
  required: number;
  exclusions: Exclusion[];
}

/** @throws z.ZodError for an optional first step, and for exclusions between steps that there are not. */
export function shapeOf(query: ChainQuery): Shape {
  const steps = query.steps.map((step) => ({
    ...matchOf(step),
    optional: isObject(step) && step.optional === true,
  }));
  if (steps[0]?.optional === true)
    refuse(["steps", 0, "optional"], "the first step starts the window and cannot be optional");
  const required = steps.filter((step) => !step.optional);
  const exclusions = (query.exclude ?? []).map((exclusion, index) => ({
    ...matchOf(exclusion),
    between: betweenOf(isObject(exclusion) ? exclusion.between : undefined, index, steps, query),
  }));
  const inner = [...required, ...steps.filter((step) => step.optional)];
  return { steps, inner, required: required.length, exclusions };
}

function betweenOf(
  between: [number, number] | undefined,
  index: number,
  steps: readonly Step[],
  query: ChainQuery,
): [number, number] {
  const places = requiredPlaces(steps);
  if (between === undefined) return [1, Math.max(...places)];
  const path = ["exclude", index, "between"];
  const [from, to] = between;
  if (query.order === "unordered")
    refuse(path, "an unordered funnel has no steps to be between: leave it out");
  if (from >= to) refuse(path, `[${from}, ${to}] must name an earlier step first`);
  for (const step of between) {
    if (step > steps.length) refuse(path, `there is no step ${step}, there are ${steps.length}`);
    if (steps[step - 1]?.optional === true)
      refuse(path, `step ${step} is optional: name a required one`);
  }
  return [places[from - 1] ?? 0, places[to - 1] ?? 0];
}

/** For each step, how many required ones there are up to it. */
export function requiredPlaces(steps: readonly Step[]): number[] {
  return steps.map((_, index) => steps.slice(0, index + 1).filter((step) => !step.optional).length);
}

/** For each step the number of the required one before it; of the first, its own. */
export function previousRequired(shape: Shape): number[] {
  const places = requiredPlaces(shape.steps);
  return shape.steps.map((step, index) => {
    const place = (places[index] ?? 0) - (step.optional ? 0 : 1);
    return Math.max(1, places.indexOf(place) + 1);
  });
}

/** Whether an event may match both, as far as their names and plain conditions tell. */
export function mayShare(a: Match, b: Match): boolean {
  if (!a.events.some((event) => b.events.includes(event))) return false;
  return !a.where.some((left) => b.where.some((right) => contradict(left, right)));
}

/** Two conditions that want different values of one field. */
function contradict(a: Condition, b: Condition): boolean {
  return (
    a.op === "=" &&
    b.op === "=" &&
    a.property === b.property &&
    typeof a.value === typeof b.value &&
    a.value !== b.value
  );
}

/** Whether some event may match two steps. */
export function overlapping(steps: readonly Match[]): boolean {
  return steps.some((step, index) => steps.slice(0, index).some((other) => mayShare(step, other)));
}

/** The condition on an event, as SQL. */
export function matchSql(match: Match, parameters: Parameters, fields: FieldReader): string {
  const name = `name IN ${parameters.add("Array(String)", match.events)}`;
  const all = [
    name,
    ...match.where.map((condition) => conditionSql(condition, parameters, fields)),
  ];
  return all.length === 1 ? name : `(${all.join(" AND ")})`;
}

type Given = ChainQuery["steps"][number] | NonNullable<ChainQuery["exclude"]>[number];

function isObject<T extends Given>(given: T): given is Exclude<T, string | string[]> {
  return typeof given === "object" && !Array.isArray(given);
}

function matchOf(given: Given): Match {
  if (typeof given === "string") return { events: [given], where: [] };
  if (Array.isArray(given)) return { events: given, where: [] };
  const events = typeof given.event === "string" ? [given.event] : given.event;
  return { events, where: given.where ?? [] };
}

/** @throws z.ZodError always: a mistake in a part that only the whole funnel shows. */
export function refuse(path: (string | number)[], message: string): never {
  throw new z.ZodError([{ code: "custom", path, message, input: undefined }]);
}

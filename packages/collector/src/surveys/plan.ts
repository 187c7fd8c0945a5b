import { type SurveyPlan, surveyPlanSchema } from "@balise/schema";
import { z } from "zod";

/** What is wrong with a plan, each as `surveys.0.triggers.1: …`. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

/** Faults told at most: a wrong file has many of one kind. */
const MOST = 20;

/** @throws PlanError where the value is no plan. */
export function parsePlan(value: unknown): SurveyPlan {
  const parsed = surveyPlanSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, MOST).map(faultOf(value));
  throw new PlanError(faults);
}

/** @throws PlanError where the text is no plan. */
export function readPlan(text: string): SurveyPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PlanError([`it is not JSON: ${error instanceof Error ? error.message : ""}`]);
  }
  return parsePlan(value);
}

/** Says which survey it is by its id, which a team knows, and quotes what stands there. */
function faultOf(value: unknown): (issue: z.core.$ZodIssue) => string {
  return ({ path, message }) => {
    const place = z.core.toDotPath(path) || "the plan";
    const id = path[0] === "surveys" ? at(value, [...path.slice(0, 2), "id"]) : undefined;
    const named = typeof id === "string" && path.length > 1 ? ` (${quote(id)})` : "";
    const found = at(value, path);
    const quoted = typeof found === "object" || found === undefined ? "" : ` (got ${quote(found)})`;
    return `${place}${named}: ${message}${quoted}`;
  };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (!Object.hasOwn(Object(found), key)) return undefined;
    found = Reflect.get(Object(found), key);
  }
  return found;
}

function quote(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}

import { resolve } from "node:path";
import type { Settings } from "../config.js";
import { explain } from "../explain.js";
import { failure, type Finding, ok } from "../finding.js";
import { readPlan } from "../plan/file.js";

/** The tracking plan: there, readable, and what comes of breaking it. */
export async function checkPlan({ BALISE_PLAN: path }: Settings): Promise<Finding[]> {
  const check = "plan";
  if (path === undefined) return [ok(check, "none: events are held against no tracking plan")];
  try {
    const { events, enforce } = await readPlan(resolve(path));
    const all = Object.values(events);
    const goals = all.filter(({ goal }) => goal === true).length;
    const then = enforce === true ? "refused" : "marked";
    return [ok(check, `${all.length} events, ${goals} goals; what breaks it is ${then}`)];
  } catch (error) {
    return [failure(check, explain(error), "correct it: the collector does not start with it")];
  }
}

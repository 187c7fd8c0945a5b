import { existsSync, readFileSync } from "node:fs";
import type { SurveyPlan } from "@balise/schema";
import { type Settings, StartError } from "../config.js";
import type { Site } from "../sites.js";
import { PlanError, readPlan } from "./plan.js";

/** Looked for where the collector starts, as `balise.config.json` is. */
export const PLAN_FILE = "balise.surveys.json";

/**
 * The plans that are files: of each site the one it names, of a single site that of `BALISE_SURVEYS`,
 * or else `balise.surveys.json` where there is one.
 * @throws StartError where a file cannot be read or is no plan.
 */
export function planFiles(
  settings: Pick<Settings, "BALISE_SITES" | "BALISE_SURVEYS">,
  sites: readonly Site[],
): Map<string, SurveyPlan> {
  const found = new Map<string, SurveyPlan>();
  for (const { id, surveys } of sites) {
    const usual = settings.BALISE_SITES === undefined && existsSync(PLAN_FILE);
    const path = surveys ?? settings.BALISE_SURVEYS ?? (usual ? PLAN_FILE : undefined);
    if (path !== undefined) found.set(id, planOfFile(path));
  }
  return found;
}

/** @throws StartError where the file cannot be read or is no plan. */
export function planOfFile(path: string): SurveyPlan {
  try {
    return readPlan(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof PlanError) {
      throw new StartError(`${path} is no plan of surveys:\n  ${error.faults.join("\n  ")}`);
    }
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new StartError(
      `${path} cannot be read: ${gone ? "there is no such file" : String(error)}`,
    );
  }
}

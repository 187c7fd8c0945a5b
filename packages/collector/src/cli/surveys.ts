import { z } from "zod";
import { PLAN_FILE, planOfFile } from "../surveys/files.js";
import { lint } from "../surveys/lint.js";
import type { Warning } from "../surveys/lint/rule.js";
import { keyFor } from "./keys.js";
import { requestJson } from "./request.js";

export interface SurveysOptions {
  url: string;
  /** The secret key. */
  key?: string;
  json?: boolean;
}

const savedSchema = z.object({ revision: z.number(), plan: z.unknown() });

/**
 * `balise surveys lint [FILE]`, `push [FILE]` and `pull`.
 * @returns 2 where there are warnings, else 0.
 */
export async function runSurveys(
  action: string,
  file: string = PLAN_FILE,
  options: SurveysOptions,
): Promise<number> {
  switch (action) {
    case "lint":
      return told(lint(planOfFile(file)), file, options);
    case "push":
      return push(file, options);
    case "pull": {
      const { plan } = savedSchema.parse(await requestJson("v1/surveys", accessOf(options)));
      console.log(JSON.stringify(plan, null, 2));
      return 0;
    }
    default:
      throw new Error(`balise surveys ${action} is none of lint, push and pull`);
  }
}

async function push(file: string, options: SurveysOptions): Promise<number> {
  const plan = planOfFile(file);
  const answer = await requestJson("v1/surveys", accessOf(options), plan);
  const { revision } = savedSchema.parse(answer);
  process.stderr.write(`revision ${revision} holds within ten seconds\n`);
  return told(lint(plan), file, options);
}

function accessOf({ url, key }: SurveysOptions): { url: string; key: string } {
  return { url, key: keyFor("secretKey", key) };
}

function told(warnings: readonly Warning[], file: string, { json }: SurveysOptions): number {
  if (json === true) console.log(JSON.stringify(warnings, null, 2));
  else {
    for (const { surveyId, rule, message } of warnings) {
      console.log(`${surveyId ?? "all surveys"}: ${message} (${rule})`);
    }
    console.log(
      `${file}: ${warnings.length === 0 ? "nothing to say" : `${warnings.length} warnings`}`,
    );
  }
  return warnings.length === 0 ? 0 : 2;
}

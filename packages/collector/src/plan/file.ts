import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parsePlan, type Plan } from "@balise/schema";
import { createJiti } from "jiti";
import { StartError } from "../config.js";

/** Where a plan is looked for that nobody names. */
export const USUAL_PLANS = ["balise.plan.json", "balise.plan.ts"] as const;

const MODULE = /\.[cm]?[jt]s$/;

/**
 * The tracking plan of a file: JSON, or a module of JavaScript or TypeScript with the plan as its
 * default export.
 * @throws StartError that names the file, the place in it, and what is allowed.
 */
export async function readPlan(path: string): Promise<Plan> {
  const parsed = parsePlan(MODULE.test(path) ? await fromModule(path) : await fromJson(path));
  if (parsed.ok) return parsed.plan;
  throw new StartError(`${path} is no tracking plan: ${parsed.message}`);
}

async function fromJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new StartError(`${path} is not JSON: ${messageOf(error)}`);
  }
}

async function fromModule(path: string): Promise<unknown> {
  try {
    // Nothing of the operator's is written anywhere, and a file that was changed is read anew.
    const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
    return await jiti.import(resolve(path), { default: true });
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): StartError {
  const code: unknown = Reflect.get(Object(error), "code");
  if (code === "ENOENT" || code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
    return new StartError(`there is no tracking plan ${path}: check the path`);
  }
  return new StartError(`${path} cannot be read: ${messageOf(error)}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

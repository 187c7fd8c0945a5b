import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Plan } from "@balise/schema";
import { z } from "zod";
import { StartError } from "../config.js";
import { readPlan, USUAL_PLANS } from "../plan/file.js";
import { inferPlan } from "../plan/infer.js";
import { planTypes } from "../plan/types.js";
import { askCollector } from "./ask.js";
import { keyFor } from "./keys.js";
import { formatTable } from "./table.js";

export interface PlanOptions {
  /** The file of the plan. */
  plan?: string;
  /** A file to write to instead of standard output. */
  out?: string;
  from?: string;
  to?: string;
  json?: boolean;
  url: string;
  /** The read key. */
  key?: string;
}

const ACTIONS = new Map(Object.entries({ types, infer, check }));

/** `balise plan types|infer|check`. */
export async function runPlan(action: string, options: PlanOptions): Promise<number> {
  const run = ACTIONS.get(action);
  if (run !== undefined) return run(options);
  throw new StartError(`${JSON.stringify(action)} is not one of ${[...ACTIONS.keys()].join(", ")}`);
}

function planPath({ plan }: PlanOptions): string {
  const path = plan ?? process.env["BALISE_PLAN"] ?? USUAL_PLANS.find((usual) => existsSync(usual));
  if (path === undefined || path === "") {
    throw new StartError(
      `there is no ${USUAL_PLANS.join(" or ")} here: write one, have one proposed by balise plan infer, or name it with --plan`,
    );
  }
  return path;
}

async function put(text: string, { out }: PlanOptions): Promise<void> {
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

/** The event map for `createTag<Events>()`. */
async function types(options: PlanOptions): Promise<number> {
  const path = planPath(options);
  await put(planTypes(await readPlan(path), basename(path)), options);
  return 0;
}

const seenSchema = z.array(
  z.object({
    event: z.string(),
    looked: z.number(),
    property: z.string(),
    type: z.string(),
    carrying: z.number(),
  }),
);

const periodOf = ({ from, to }: PlanOptions): object => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** A plan that what has arrived would satisfy. */
async function infer(options: PlanOptions): Promise<number> {
  const access = { url: options.url, key: keyFor("readKey", options.key) };
  const { rows } = await askCollector("event_properties", periodOf(options), access);
  await put(`${JSON.stringify(inferPlan(seenSchema.parse(rows)), null, 2)}\n`, options);
  return 0;
}

/** What arrived against the plan. @returns 2 where it is not as the plan says. */
async function check(options: PlanOptions): Promise<number> {
  const plan = await readPlan(planPath(options));
  const access = { url: options.url, key: keyFor("readKey", options.key) };
  const parameters = { ...periodOf(options), ...namesOf(plan) };
  const { rows } = await askCollector("coverage", parameters, access);
  if (options.json === true) console.log(JSON.stringify(rows, null, 2));
  else console.log(formatTable(rows));
  return rows.every(isAsPlanned) ? 0 : 2;
}

function namesOf({ events }: Plan): { planned: string[]; goals: string[] } {
  const goals = Object.entries(events).filter(([, { goal }]) => goal === true);
  return { planned: Object.keys(events), goals: goals.map(([name]) => name) };
}

function isAsPlanned(row: Record<string, unknown>): boolean {
  return (row["state"] === "seen" || row["state"] === "ready_made") && row["violation"] === "";
}

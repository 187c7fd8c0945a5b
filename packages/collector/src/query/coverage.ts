import { EVENT_NAMES, LIMITS } from "@balise/schema";
import { z } from "zod";
import { periodFields, periodOf } from "./period.js";
import type { Known, Statement } from "./query.js";
import { sqlFile, statementOf } from "./template.js";

const eventNames = z.array(z.string().min(1).max(LIMITS.nameCharacters)).max(LIMITS.planEvents);

export const coverageSchema = z.strictObject({
  ...periodFields,
  planned: eventNames.optional().describe("Names of the plan; the collector's if not given"),
  goals: eventNames.optional().describe("Those of them that are goals"),
});

/** The tracking plan against what arrived. */
export function buildCoverage(
  input: z.output<typeof coverageSchema>,
  site: string,
  { plan }: Known,
): Statement {
  const events = Object.entries(plan?.events ?? {});
  const planned = input.planned ?? events.map(([name]) => name);
  const own = input.planned === undefined ? events.filter(([, { goal }]) => goal === true) : [];
  const goals = new Set(input.goals ?? own.map(([name]) => name));
  return {
    sql: statementOf(sqlFile("coverage")),
    params: {
      site,
      planned,
      // Places from 1 on: names twice over would not fit into an address.
      goals: planned.flatMap((name, place) => (goals.has(name) ? [place + 1] : [])),
      readyMade: EVENT_NAMES,
      ...periodOf(input),
    },
  };
}

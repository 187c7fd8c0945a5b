import { EVENT_NAMES, LIMITS } from "@balise/schema";
import { z } from "zod";
import { quoteString } from "../../embedded/sql/quote.js";
import { define } from "../define.js";
import { fileStatement } from "../frame.js";
import type { Asking } from "../query.js";
import { fileView } from "../views.js";

const eventNames = z.array(z.string().min(1).max(LIMITS.nameCharacters)).max(LIMITS.planEvents);

const coverageFields = {
  planned: eventNames.optional().describe("Names of the plan; the collector's if not given"),
  goals: eventNames.optional().describe("Those of them that are goals"),
};

const READY_MADE = `(${EVENT_NAMES.map(quoteString).join(", ")})`;

const EXAMPLE = { planned: ["signed_up", "renewed"], goals: ["renewed"] };

/** The plan that is asked about: that of the question, else the collector's. */
function planOf(
  own: z.output<z.ZodObject<typeof coverageFields>>,
  plan: Asking["plan"],
): { planned: string[]; goals: ReadonlySet<string> } {
  if (own.planned !== undefined) return { planned: own.planned, goals: new Set(own.goals) };
  const events = Object.entries(plan?.events ?? {});
  const goals = own.goals ?? events.filter(([, { goal }]) => goal === true).map(([name]) => name);
  return { planned: events.map(([name]) => name), goals: new Set(goals) };
}

export const coverage = [
  define({
    name: "coverage",
    topic: "coverage",
    view: "table",
    table: "events",
    parameters: coverageFields,
    example: EXAMPLE,
    statement: (own, shared, siteId, { plan }) => {
      const { planned, goals } = planOf(own, plan);
      // Places from 1 on: names twice over would not fit into an address.
      const places = planned.flatMap((name, at) => (goals.has(name) ? [at + 1] : []));
      return fileStatement(
        "coverage",
        "events",
        shared,
        siteId,
        { planned, goals: places },
        {
          isGoal: "has({goals:Array(UInt16)}, indexOf({planned:Array(String)}, event))",
          readyMade: READY_MADE,
        },
      );
    },
    sqlViews: (singleSite) => [
      fileView("coverage", "events", singleSite, EXAMPLE, {
        isGoal: "planned AND event IN {goals:Array(String)}",
        readyMade: READY_MADE,
      }),
    ],
    floor: { size: "people", per: ["group"] },
    row: [
      { name: "event", kind: "dimension" },
      { name: "planned", kind: "flag" },
      { name: "goal", kind: "flag" },
      { name: "state", kind: "dimension", measured: true },
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
      { name: "lastSeen", kind: "moment", measured: true, nullable: true },
      { name: "violation", kind: "dimension" },
      { name: "violating", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "events", nullable: true },
      { name: "low", kind: "bound", nullable: true },
      { name: "high", kind: "bound", nullable: true },
    ],
  }),
  define({
    name: "event_properties",
    topic: "coverage",
    view: "table",
    table: "events",
    parameters: {},
    floor: { size: "people", per: ["group", "event"] },
    row: [
      { name: "event", kind: "dimension" },
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
      { name: "looked", kind: "count" },
      { name: "property", kind: "dimension" },
      { name: "type", kind: "dimension" },
      { name: "carrying", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "looked" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
    ],
  }),
];

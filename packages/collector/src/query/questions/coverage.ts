import { EVENT_NAMES, LIMITS } from "@balise/schema";
import { z } from "zod";
import { definePlain } from "../define.js";
import { periodFields, periodOf } from "../period.js";
import { sqlFile, statementOf } from "../sql-file.js";

const eventNames = z.array(z.string().min(1).max(LIMITS.nameCharacters)).max(LIMITS.planEvents);

export const coverage = [
  definePlain({
    name: "coverage",
    topic: "coverage",
    view: "table",
    parameters: z.strictObject({
      ...periodFields,
      planned: eventNames.optional().describe("Names of the plan; the collector's if not given"),
      goals: eventNames.optional().describe("Those of them that are goals"),
    }),
    example: { planned: ["signed_up", "renewed"], goals: ["renewed"] },
    statement: (input, site, { plan }) => {
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
    },
    row: [
      { name: "event", kind: "dimension" },
      { name: "planned", kind: "flag" },
      { name: "goal", kind: "flag" },
      { name: "state", kind: "dimension" },
      { name: "events", kind: "count" },
      { name: "lastSeen", kind: "moment", measured: true, nullable: true },
      { name: "violation", kind: "dimension" },
      { name: "violating", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "events", nullable: true },
      { name: "low", kind: "bound", nullable: true },
      { name: "high", kind: "bound", nullable: true },
    ],
  }),
  definePlain({
    name: "event_properties",
    topic: "coverage",
    view: "table",
    parameters: z.strictObject(periodFields),
    statement: (input, site) => ({
      sql: statementOf(sqlFile("event_properties")),
      params: { site, ...periodOf(input) },
    }),
    row: [
      { name: "event", kind: "dimension" },
      { name: "events", kind: "count" },
      { name: "looked", kind: "count" },
      { name: "property", kind: "dimension" },
      { name: "type", kind: "dimension" },
      { name: "carrying", kind: "count" },
    ],
  }),
];

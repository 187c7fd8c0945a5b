import { LIMITS } from "@balise/schema";
import { z } from "zod";
import type { Column } from "../columns.js";
import { define } from "../define.js";
import { mean, share } from "./columns.js";

const pagesPerSession: readonly Column[] = [
  {
    name: "pagesPerSession",
    kind: "mean",
    low: "pagesLow",
    high: "pagesHigh",
    n: "sessions",
    nullable: true,
  },
  { name: "pagesLow", kind: "bound", nullable: true },
  { name: "pagesHigh", kind: "bound", nullable: true },
];

export const sessions = [
  define({
    name: "sessions_summary",
    topic: "overview",
    view: "number",
    table: "events",
    parameters: {},
    floor: { size: "people" },
    row: [
      { name: "sessions", kind: "count" },
      { name: "people", kind: "count" },
      { name: "bounces", kind: "count" },
      ...share("bounceRate", "bounce", "sessions"),
      { name: "timed", kind: "count" },
      { name: "medianSeconds", kind: "seconds", nullable: true },
      ...mean("meanSeconds", "timed"),
      ...pagesPerSession,
    ],
  }),
  define({
    name: "time_series",
    topic: "overview",
    view: "line",
    table: "events",
    parameters: {
      bucket: z.enum(["hour", "day", "week", "month"]).default("day"),
      goal: z
        .string()
        .max(LIMITS.nameCharacters)
        .default("")
        .describe("What converts: a name of an event; without one, conversion is not told"),
    },
    floor: { size: "people", per: ["group"] },
    row: [
      { name: "time", kind: "moment" },
      { name: "people", kind: "count" },
      { name: "pageViews", kind: "count" },
      { name: "converted", kind: "count", nullable: true },
      ...share("conversion", "conversion", "people"),
      { name: "sessions", kind: "count" },
      { name: "bounces", kind: "count" },
      ...share("bounceRate", "bounce", "sessions"),
      ...pagesPerSession,
      { name: "timed", kind: "count" },
      ...mean("meanSeconds", "timed"),
    ],
  }),
];

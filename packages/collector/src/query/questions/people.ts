import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { define } from "../define.js";
import { share } from "./columns.js";

const bucket = z.enum(["day", "week", "month"]);

export const people = [
  define({
    name: "people",
    topic: "overview",
    view: "line",
    table: "events",
    parameters: { bucket: bucket.default("day") },
    floor: { size: "people", per: ["group"] },
    row: [
      { name: "time", kind: "moment" },
      { name: "people", kind: "count" },
      { name: "newPeople", kind: "count" },
      { name: "returningPeople", kind: "count" },
      ...share("newShare", "new", "people"),
    ],
  }),
  define({
    name: "retention",
    topic: "overview",
    view: "matrix",
    table: "events",
    parameters: {
      bucket: bucket.default("week"),
      periods: z.int().min(1).max(52).default(8).describe("How many periods are followed"),
      event: z
        .string()
        .max(LIMITS.nameCharacters)
        .default("")
        .describe("What counts as coming back: a name of an event; any if empty"),
    },
    floor: { size: "cohortSize", per: ["group", "cohort"] },
    row: [
      { name: "cohort", kind: "day" },
      { name: "period", kind: "dimension", type: "integer" },
      { name: "cohortSize", kind: "count" },
      { name: "people", kind: "count" },
      ...share("retention", "retention", "cohortSize"),
    ],
  }),
  define({
    name: "freshness",
    topic: "overview",
    view: "number",
    table: "events",
    parameters: {},
    floor: { size: "people" },
    row: [
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
      { name: "medianSeconds", kind: "seconds" },
      { name: "p90Seconds", kind: "seconds" },
      { name: "p99Seconds", kind: "seconds" },
      { name: "withinMinute", kind: "count" },
      ...share("withinMinuteShare", "withinMinute", "events"),
      { name: "lastReceivedAt", kind: "moment", measured: true },
    ],
  }),
];

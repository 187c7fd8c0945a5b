import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { define } from "../define.js";
import { limit, share } from "./columns.js";

export const journeys = [
  define({
    name: "pages",
    topic: "journeys",
    view: "table",
    table: "events",
    parameters: { limit },
    floor: { size: "people" },
    row: [
      { name: "page", kind: "dimension" },
      { name: "views", kind: "count" },
      { name: "people", kind: "count" },
      { name: "entries", kind: "count" },
      { name: "exits", kind: "count" },
      { name: "peopleLost", kind: "count" },
      ...share("exitRate", "exit", "views"),
      { name: "secondsPerView", kind: "seconds", nullable: true },
    ],
  }),
  define({
    name: "paths",
    topic: "journeys",
    view: "bars",
    table: "events",
    parameters: {
      event: z
        .string()
        .min(1)
        .max(LIMITS.nameCharacters)
        .describe("The goal, or the step: a name of an event"),
      page: z
        .string()
        .max(LIMITS.urlCharacters)
        .default("")
        .describe("The event's page, by its name or path; any if empty"),
      direction: z.enum(["before", "after"]).default("before"),
      what: z.enum(["page", "event"]).default("page"),
      length: z.int().min(1).max(10).default(3).describe("How many steps a path has at most"),
      limit,
    },
    example: { event: "page_view", direction: "after" },
    floor: { size: "people" },
    row: [
      { name: "path", kind: "dimension" },
      { name: "sessions", kind: "count" },
      { name: "people", kind: "count" },
      { name: "ofSessions", kind: "count" },
      ...share("share", "share", "ofSessions"),
    ],
  }),
  define({
    name: "outcomes",
    topic: "journeys",
    view: "bars",
    table: "events",
    parameters: {},
    floor: { size: "people" },
    row: [
      { name: "touchpoint", kind: "dimension" },
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
      { name: "successes", kind: "count" },
      { name: "failures", kind: "count" },
      { name: "unknowns", kind: "count" },
      ...share("successShare", "success", "events"),
      ...share("failureShare", "failure", "events"),
      ...share("unknownShare", "unknown", "events"),
    ],
  }),
];

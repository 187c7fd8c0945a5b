import { z } from "zod";
import { define } from "../define.js";
import { share } from "./columns.js";
import { kindField } from "./scores.js";

export const followUps = [
  define({
    name: "follow_ups",
    topic: "feedback",
    view: "table",
    table: "feedback",
    parameters: { ...kindField, by: z.enum(["all", "owner"]).default("all") },
    floor: { size: "people" },
    row: [
      { name: "owner", kind: "dimension" },
      { name: "lowResponses", kind: "count" },
      { name: "people", kind: "count" },
      { name: "followedUp", kind: "count" },
      ...share("followedUpShare", "followedUp", "lowResponses"),
      { name: "open", kind: "count" },
      { name: "inProgress", kind: "count" },
      { name: "resolved", kind: "count" },
      { name: "dropped", kind: "count" },
      { name: "medianSeconds", kind: "seconds", nullable: true },
      { name: "p90Seconds", kind: "seconds", nullable: true },
      { name: "askedAgain", kind: "count" },
      ...share("askedAgainShare", "askedAgain", "lowResponses"),
    ],
  }),
  define({
    name: "follow_up_cases",
    topic: "feedback",
    view: "table",
    table: "feedback",
    lists: true,
    parameters: {
      ...kindField,
      status: z.enum(["any", "open", "in_progress", "resolved", "dropped"]).default("open"),
      owner: z.string().max(128).default("").describe("Only those of this owner; empty: all"),
      limit: z.int().min(1).max(1000).default(100).describe("Rows at most"),
    },
    floor: { size: "people" },
    row: [
      { name: "responseId", kind: "dimension" },
      { name: "at", kind: "moment", measured: true },
      { name: "surveyId", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "metric", kind: "dimension" },
      { name: "score", kind: "number" },
      { name: "scale", kind: "dimension" },
      { name: "touchpoint", kind: "dimension" },
      { name: "person", kind: "dimension" },
      { name: "known", kind: "flag" },
      { name: "status", kind: "dimension" },
      { name: "owner", kind: "dimension" },
      { name: "firstFollowUpSeconds", kind: "seconds", nullable: true },
      { name: "askedAgainAt", kind: "moment", measured: true, nullable: true },
      { name: "people", kind: "count" },
    ],
  }),
];

import { z } from "zod";
import { define } from "../define.js";
import { share } from "./columns.js";
import { METRICS } from "./metrics.js";
import { kindField } from "./scores.js";

export const beforeLowScores = [
  define({
    name: "before_low_scores",
    topic: "feedback",
    view: "table",
    table: "feedback",
    parameters: {
      ...kindField,
      metrics: METRICS.default(["nps", "csat", "ces", "stars", "smiley", "thumbs"]),
      what: z.enum(["event", "page"]).default("event"),
      limit: z.int().min(1).max(1000).default(100).describe("Rows at most"),
    },
    floor: { size: "people" },
    row: [
      { name: "what", kind: "dimension" },
      { name: "lowAnswers", kind: "count" },
      { name: "lowTotal", kind: "count" },
      ...share("lowShare", "lowShare", "lowTotal"),
      { name: "otherAnswers", kind: "count" },
      { name: "otherTotal", kind: "count" },
      ...share("otherShare", "otherShare", "otherTotal"),
      { name: "difference", kind: "number", nullable: true },
      { name: "differenceLow", kind: "bound", nullable: true },
      { name: "differenceHigh", kind: "bound", nullable: true },
      { name: "people", kind: "count" },
    ],
  }),
];

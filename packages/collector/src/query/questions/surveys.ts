import { z } from "zod";
import { define } from "../define.js";
import { share } from "./columns.js";
import { goalFields, kindField } from "./scores.js";

export const surveys = [
  define({
    name: "feedback_rates",
    topic: "feedback",
    view: "table",
    table: "events",
    parameters: goalFields,
    floor: { size: "people" },
    row: [
      { name: "surveyId", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "result", kind: "dimension" },
      { name: "displays", kind: "count" },
      { name: "people", kind: "count" },
      { name: "responses", kind: "count" },
      ...share("responseRate", "response", "displays"),
      { name: "dismissed", kind: "count" },
      ...share("dismissalRate", "dismissal", "displays"),
      { name: "ignored", kind: "count" },
      ...share("ignoredRate", "ignored", "displays"),
      { name: "completed", kind: "count", nullable: true },
      ...share("completionRate", "completion", "responses"),
      { name: "abandoned", kind: "count", nullable: true },
      ...share("abandonmentRate", "abandonment", "responses"),
    ],
  }),
  define({
    name: "publishable_claim",
    topic: "feedback",
    view: "table",
    table: "feedback",
    parameters: {
      ...kindField,
      minAnswers: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(100)
        .describe("Answers that a claim needs: `enough` is whether there are"),
    },
    floor: { size: "people" },
    row: [
      { name: "surveyId", kind: "dimension" },
      { name: "questionId", kind: "dimension" },
      { name: "surveyVersion", kind: "dimension" },
      { name: "wording", kind: "dimension" },
      { name: "metric", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "scale", kind: "dimension" },
      { name: "favourable", kind: "dimension" },
      { name: "answers", kind: "count" },
      { name: "people", kind: "count" },
      { name: "pleased", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "answers" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
      { name: "firstAnswer", kind: "moment", measured: true },
      { name: "lastAnswer", kind: "moment", measured: true },
      { name: "enough", kind: "flag" },
    ],
  }),
];

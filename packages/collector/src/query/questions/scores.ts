import { z } from "zod";
import type { Column } from "../columns.js";
import { define } from "../define.js";
import { share } from "./columns.js";
import { METRICS } from "./metrics.js";

/** Which answers: relational and transactional ones are never one score. */
export const kindField = {
  kind: z
    .enum(["any", "relational", "transactional"])
    .default("any")
    .describe("Of which kind of survey; any: each kind has rows of its own"),
};

/** By what became of those who answered. */
export const goalFields = {
  goal: z
    .string()
    .max(128)
    .default("")
    .describe("An event: those who have it and the others get rows of their own"),
  goalDays: z
    .int()
    .min(1)
    .max(366)
    .default(30)
    .describe("Days before and after in which the event counts"),
};

const KIND: Column = { name: "kind", kind: "dimension" };
const METRIC: Column = { name: "metric", kind: "dimension" };
const SCALE: readonly Column[] = [
  { name: "scale", kind: "dimension" },
  { name: "polarity", kind: "dimension", type: "integer" },
];
const RESULT: Column = { name: "result", kind: "dimension" };
const SIZE: readonly Column[] = [
  { name: "answers", kind: "count" },
  { name: "people", kind: "count" },
];

/** A count of answers and its share, such as `best`, `bestShare`, `bestLow`, `bestHigh`. */
const shareOf = (name: string, nullable = false): Column[] => [
  { name, kind: "count", nullable },
  ...share(`${name}Share`, name, "answers"),
];

const meanOf = (name: string): Column[] => [
  { name, kind: "mean", low: `${name}Low`, high: `${name}High`, n: "answers" },
  { name: `${name}Low`, kind: "bound", nullable: true },
  { name: `${name}High`, kind: "bound", nullable: true },
];

/** What the questions about scores have in common. */
const asked = {
  topic: "feedback",
  table: "feedback",
  parameters: { ...kindField, ...goalFields },
  floor: { size: "people" },
} as const;

export const scores = [
  define({
    ...asked,
    name: "nps",
    view: "number",
    row: [
      KIND,
      RESULT,
      ...SIZE,
      { name: "promoters", kind: "count" },
      { name: "passives", kind: "count" },
      { name: "detractors", kind: "count" },
      {
        name: "nps",
        kind: "score",
        min: -100,
        max: 100,
        low: "npsLow",
        high: "npsHigh",
        n: "answers",
        nullable: true,
      },
      { name: "npsLow", kind: "bound", nullable: true },
      { name: "npsHigh", kind: "bound", nullable: true },
      { name: "notApplicable", kind: "count" },
    ],
  }),
  define({
    ...asked,
    name: "csat",
    view: "number",
    row: [KIND, ...SCALE, RESULT, ...SIZE, ...shareOf("satisfied"), ...meanOf("meanOfMaximum")],
  }),
  define({
    ...asked,
    name: "ces",
    view: "number",
    row: [KIND, ...SCALE, RESULT, ...SIZE, ...meanOf("mean"), ...shareOf("easy", true)],
  }),
  define({
    ...asked,
    name: "scores",
    view: "table",
    row: [
      METRIC,
      KIND,
      ...SCALE,
      RESULT,
      ...SIZE,
      ...meanOf("mean"),
      ...shareOf("best"),
      ...shareOf("worst"),
    ],
  }),
  define({
    ...asked,
    name: "score_distribution",
    view: "distribution",
    parameters: {
      metrics: METRICS.default(["nps"]),
      ...asked.parameters,
    },
    // The scores of one scale are shown together.
    floor: { size: "people", per: ["group", "metric", "kind", "scale", "polarity", "result"] },
    row: [
      METRIC,
      KIND,
      ...SCALE,
      RESULT,
      { name: "score", kind: "dimension", type: "integer" },
      { name: "answers", kind: "count" },
      { name: "total", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "total" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
      { name: "people", kind: "count" },
    ],
  }),
];

import { z } from "zod";
import { define } from "../define.js";
import { fileStatement } from "../frame.js";
import { fileView } from "../views.js";
import { share } from "./columns.js";
import { kindField } from "./scores.js";

const limitField = (usual: number, most: number) => ({
  limit: z.int().min(1).max(most).default(usual).describe("Rows at most"),
});

/** More than a team can name, and little enough to be looked for in every text. */
const MAX_THEMES = 30;

const themesField = z
  .record(z.string().min(1).max(64), z.string().min(1).max(256))
  .refine((themes) => Object.keys(themes).length <= MAX_THEMES, {
    error: ({ input }) =>
      `are ${Object.keys(Object(input)).length}: at most ${MAX_THEMES} are looked for at once`,
  })
  .refine((themes) => Object.keys(themes).length > 0, { error: "must name at least one theme" })
  .describe(
    'Names of themes and their patterns (RE2, in either case), such as {"price": "cher|prix"}',
  );

const THEMES = { price: "cher|prix|price|expensive", delivery: "livr|deliver" };

const themesOf = (themes: Readonly<Record<string, string>>) => ({
  themes: Object.keys(themes),
  patterns: Object.values(themes),
});

export const verbatims = [
  define({
    name: "verbatims",
    topic: "feedback",
    view: "table",
    table: "feedback",
    lists: true,
    parameters: {
      ...kindField,
      search: z
        .string()
        .max(200)
        .refine((text) => text === "" || text.length >= 3, {
          error: ({ input }) => `${JSON.stringify(input)} is too short: give three characters`,
        })
        .default("")
        .describe("Only texts that contain it, in either case; three characters at least"),
      scores: z
        .enum(["any", "low", "high"])
        .default("any")
        .describe("Only texts that go with such a score"),
      ...limitField(50, 1000),
    },
    floor: { size: "people" },
    row: [
      { name: "at", kind: "moment", measured: true },
      { name: "surveyId", kind: "dimension" },
      { name: "questionId", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "metric", kind: "dimension" },
      { name: "score", kind: "number", nullable: true },
      { name: "scale", kind: "dimension" },
      { name: "touchpoint", kind: "dimension" },
      { name: "channel", kind: "dimension" },
      { name: "page", kind: "dimension" },
      { name: "outcome", kind: "dimension" },
      { name: "text", kind: "dimension" },
      { name: "people", kind: "count" },
    ],
  }),
  define({
    name: "themes",
    topic: "feedback",
    view: "bars",
    table: "feedback",
    parameters: { ...kindField, themes: themesField },
    example: { themes: THEMES },
    statement: ({ kind, themes }, shared, siteId) =>
      fileStatement("themes", "feedback", shared, siteId, { kind, ...themesOf(themes) }),
    sqlViews: (singleSite) => [
      fileView("themes", "feedback", singleSite, { kind: "any", ...themesOf(THEMES) }),
    ],
    floor: { size: "people" },
    row: [
      { name: "theme", kind: "dimension" },
      { name: "answers", kind: "count" },
      { name: "people", kind: "count" },
      { name: "texts", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "texts" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
      { name: "scored", kind: "count" },
      { name: "lowScores", kind: "count" },
      ...share("lowShare", "lowShare", "scored"),
    ],
  }),
  define({
    name: "score_words",
    topic: "feedback",
    view: "table",
    table: "feedback",
    parameters: {
      ...kindField,
      prior: z
        .number()
        .min(1)
        .max(1_000_000)
        .default(100)
        .describe("Words that the prior weighs: the more, the less rare words stand out"),
      ...limitField(50, 500),
    },
    // What one person alone writes may tell who they are.
    singlesOut: () => true,
    floor: { size: "people" },
    row: [
      { name: "word", kind: "dimension" },
      { name: "side", kind: "dimension" },
      { name: "lowTexts", kind: "count" },
      { name: "highTexts", kind: "count" },
      { name: "people", kind: "count" },
      { name: "logOdds", kind: "mean", low: "logOddsLow", high: "logOddsHigh" },
      { name: "logOddsLow", kind: "bound" },
      { name: "logOddsHigh", kind: "bound" },
      { name: "zScore", kind: "number" },
    ],
  }),
];

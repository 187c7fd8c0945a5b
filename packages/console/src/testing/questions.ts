import type { Column } from "../api/column.js";
import type { View } from "../api/question.js";

interface Told {
  topic: string;
  view: View;
  columns: readonly Column[];
  rows: readonly Record<string, unknown>[];
  parameters?: Record<string, unknown>;
  fields?: readonly string[] | null;
  example?: Record<string, unknown>;
}

const FIELDS = ["device", "channel", "page", "traits.*", "properties.*"];
const share = (name: string, n: string): Column[] => [
  { name, kind: "share", low: `${name}Low`, high: `${name}High`, n, nullable: true },
  { name: `${name}Low`, kind: "bound" },
  { name: `${name}High`, kind: "bound" },
];

/** A question for each view, with the rows that the collector answers. */
export const QUESTIONS: Readonly<Record<string, Told>> = {
  sessions_summary: {
    topic: "overview",
    view: "number",
    columns: [
      { name: "sessions", kind: "count" },
      ...share("bounceRate", "sessions"),
      { name: "medianSeconds", kind: "seconds", nullable: true },
    ],
    rows: [
      {
        sessions: 4812,
        bounceRate: 0.2345,
        bounceRateLow: 0.2228,
        bounceRateHigh: 0.2467,
        medianSeconds: 95,
      },
    ],
  },
  people: {
    topic: "overview",
    view: "line",
    columns: [
      { name: "time", kind: "moment" },
      { name: "people", kind: "count" },
    ],
    rows: [410, 395, 520].map((people, day) => ({
      time: `2026-01-0${day + 1}T00:00:00.000Z`,
      people,
    })),
    parameters: {
      bucket: { type: "string", enum: ["day", "week", "month"], default: "day" },
      periods: { type: "integer", minimum: 1, maximum: 52, default: 8, description: "How many" },
    },
  },
  retention: {
    topic: "overview",
    view: "matrix",
    columns: [
      { name: "cohort", kind: "day" },
      { name: "period", kind: "dimension", type: "integer" },
      { name: "cohortSize", kind: "count" },
      ...share("retention", "cohortSize"),
    ],
    rows: [0, 1].flatMap((week) =>
      [0, 1].slice(week).map((_, period) => ({
        cohort: `2026-01-0${week * 7 + 1}`,
        period,
        cohortSize: 300,
        retention: period === 0 ? 1 : 0.41,
        retentionLow: period === 0 ? 0.98 : 0.36,
        retentionHigh: period === 0 ? 1 : 0.47,
      })),
    ),
  },
  freshness: {
    topic: "overview",
    view: "table",
    columns: [
      { name: "page", kind: "dimension" },
      { name: "events", kind: "count" },
    ],
    rows: Array.from({ length: 40 }, (_, place) => ({
      page: place === 0 ? "=1+1" : `/page-${place}`,
      events: 900 - place,
    })),
    fields: null,
  },
  outcomes: {
    topic: "journeys",
    view: "bars",
    columns: [
      { name: "name", kind: "dimension" },
      { name: "events", kind: "count" },
      ...share("successShare", "events"),
    ],
    rows: [
      {
        name: "login",
        events: 500,
        successShare: 0.94,
        successShareLow: 0.92,
        successShareHigh: 0.96,
      },
      { name: "pay", events: 90, successShare: 0.6, successShareLow: 0.5, successShareHigh: 0.69 },
    ],
  },
  contacts_per_customer: {
    topic: "contacts",
    view: "bars",
    columns: [
      { name: "reason", kind: "dimension" },
      { name: "contacts", kind: "count" },
    ],
    rows: [{ reason: "billing", contacts: 12 }],
    fields: ["accountId", "traits.*"],
  },
  score_distribution: {
    topic: "feedback",
    view: "distribution",
    columns: [
      { name: "score", kind: "dimension", type: "integer" },
      { name: "answers", kind: "count" },
      ...share("share", "answers"),
    ],
    rows: [1, 2, 3, 4, 5].map((score) => ({
      score,
      answers: 100,
      share: score / 15,
      shareLow: score / 15 - 0.02,
      shareHigh: score / 15 + 0.02,
    })),
  },
  friction_conversion: {
    topic: "friction",
    view: "bars",
    columns: [
      { name: "signal", kind: "dimension" },
      {
        name: "difference",
        kind: "mean",
        low: "differenceLow",
        high: "differenceHigh",
      },
      { name: "differenceLow", kind: "bound" },
      { name: "differenceHigh", kind: "bound" },
    ],
    rows: [{ signal: "rage_click", difference: -0.12, differenceLow: -0.2, differenceHigh: -0.04 }],
    parameters: { goal: { type: "string", maxLength: 128, description: "A name of an event" } },
    example: { goal: "page_view" },
  },
};

const SHARED = ["from", "to", "filters", "breakdown", "compare"];

/** What `GET v1/query` answers. */
export function listing() {
  const queries = Object.entries(QUESTIONS).map(([name, told]) => ({
    name,
    topic: told.topic,
    view: told.view,
    question: `What does ${name} say?`,
    unit: "a session",
    definition: "As it is counted.",
    caveat: "Bots are left out.",
    parameters: {
      type: "object",
      properties: {
        ...told.parameters,
        ...(told.fields !== null && Object.fromEntries(SHARED.map((shared) => [shared, {}]))),
      },
    },
    fields: told.fields === undefined ? FIELDS : told.fields,
    example: told.example ?? {},
    row: {
      properties: Object.fromEntries(
        told.columns.map((column) => [column.name, { "x-column": column }]),
      ),
    },
  }));
  return { queries };
}

/** The rows and columns of a question: twice with a breakdown, beside a smaller side with a comparison. */
export function answerQuestion(
  { columns, rows }: Told,
  { breakdown, compare }: { breakdown?: string; compare?: string },
) {
  const grouped = breakdown === undefined ? [{}] : [{ group: "mobile" }, { group: "desktop" }];
  const counts = columns.filter(({ kind }) => compare !== undefined && kind === "count");
  return {
    rows: grouped.flatMap((group) =>
      rows.map((row) => ({
        ...group,
        ...row,
        ...Object.fromEntries(
          counts.flatMap(({ name }) => {
            const value = Number(row[name]);
            return [
              [`${name}Other`, value - 10],
              [`${name}Difference`, 10],
            ];
          }),
        ),
      })),
    ),
    columns: [
      ...(breakdown === undefined ? [] : [{ name: "group", kind: "dimension" }]),
      ...columns,
      ...counts.flatMap(({ name }) => [
        { name: `${name}Other`, kind: "count" },
        { name: `${name}Difference`, kind: "number" },
      ]),
    ],
  };
}

import { define } from "../define.js";

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
      {
        name: "bounceRate",
        kind: "share",
        low: "bounceLow",
        high: "bounceHigh",
        n: "sessions",
        nullable: true,
      },
      { name: "bounceLow", kind: "bound", nullable: true },
      { name: "bounceHigh", kind: "bound", nullable: true },
      { name: "timed", kind: "count" },
      { name: "medianSeconds", kind: "seconds", nullable: true },
      {
        name: "meanSeconds",
        kind: "mean",
        low: "meanSecondsLow",
        high: "meanSecondsHigh",
        n: "timed",
        nullable: true,
      },
      { name: "meanSecondsLow", kind: "bound", nullable: true },
      { name: "meanSecondsHigh", kind: "bound", nullable: true },
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
    ],
  }),
];

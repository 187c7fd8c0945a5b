import { z } from "zod";
import { define } from "../define.js";
import { counts, share, times } from "./columns.js";

export const forms = [
  define({
    name: "forms",
    topic: "journeys",
    view: "table",
    table: "events",
    parameters: {},
    floor: { size: "people" },
    row: [
      { name: "form", kind: "dimension" },
      ...counts("started", "people", "submitted", "abandoned"),
      ...share("abandonmentRate", "abandonmentRate", "started"),
      ...counts("timed"),
      ...times("medianSeconds", "p90Seconds"),
    ],
  }),
  define({
    name: "form_fields",
    topic: "journeys",
    view: "bars",
    table: "events",
    parameters: {
      form: z.string().max(1024).default("").describe("One form alone; empty: each of them"),
    },
    floor: { size: "people" },
    row: [
      { name: "form", kind: "dimension" },
      { name: "field", kind: "dimension" },
      ...counts("abandoned", "people", "ofForm"),
      { name: "share", kind: "share", low: "low", high: "high", n: "ofForm" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
    ],
  }),
];

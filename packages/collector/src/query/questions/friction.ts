import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { define } from "../define.js";
import { limit, share } from "./columns.js";

export const friction = [
  define({
    name: "friction",
    topic: "friction",
    view: "table",
    table: "events",
    parameters: { limit },
    floor: { size: "people" },
    row: [
      { name: "page", kind: "dimension" },
      { name: "views", kind: "count" },
      { name: "people", kind: "count" },
      { name: "rageClicks", kind: "count" },
      { name: "deadClicks", kind: "count" },
      { name: "errors", kind: "count" },
      { name: "backAndForths", kind: "count" },
      { name: "formRetries", kind: "count" },
      { name: "signals", kind: "count" },
      { name: "signalsPerThousandViews", kind: "number", nullable: true },
      { name: "peopleHit", kind: "count" },
      ...share("hitShare", "hit", "people"),
    ],
  }),
  define({
    name: "friction_conversion",
    topic: "friction",
    view: "bars",
    table: "events",
    parameters: {
      goal: z.string().min(1).max(LIMITS.nameCharacters).describe("A name of an event"),
    },
    example: { goal: "page_view" },
    floor: { size: "peopleWith", beside: ["peopleWithout"] },
    row: [
      { name: "signal", kind: "dimension" },
      { name: "peopleWith", kind: "count" },
      { name: "convertedWith", kind: "count" },
      ...share("conversionWith", "with", "peopleWith"),
      { name: "peopleWithout", kind: "count" },
      { name: "convertedWithout", kind: "count" },
      ...share("conversionWithout", "without", "peopleWithout"),
      {
        name: "difference",
        kind: "mean",
        low: "differenceLow",
        high: "differenceHigh",
        nullable: true,
      },
      { name: "differenceLow", kind: "bound", nullable: true },
      { name: "differenceHigh", kind: "bound", nullable: true },
    ],
  }),
];

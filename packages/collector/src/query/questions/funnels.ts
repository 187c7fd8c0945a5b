import { type Column } from "../columns.js";
import { define, definePlain } from "../define.js";
import { buildFunnel } from "../funnel/build.js";
import { buildFunnelNext, buildFunnelPeople } from "../funnel/drop-off.js";
import {
  funnelFields,
  funnelNextFields,
  funnelPeopleSchema,
  namesTraits,
} from "../funnel/schema.js";
import { funnelViews } from "../funnel/views.js";

const EXAMPLE = { steps: ["page_view", "subscribed"], windowSeconds: 604_800 };

const COMPARED: readonly Column[] = [
  { name: "peopleOther", kind: "count" },
  { name: "shareOfFirstOther", kind: "share", low: "lowOther", high: "highOther", nullable: true },
  { name: "lowOther", kind: "bound", nullable: true },
  { name: "highOther", kind: "bound", nullable: true },
  { name: "shareOfFirstDifference", kind: "number", nullable: true },
  { name: "shareOfFirstDifferenceLow", kind: "bound", nullable: true },
  { name: "shareOfFirstDifferenceHigh", kind: "bound", nullable: true },
];

export const funnels = [
  define({
    name: "funnel",
    topic: "funnels",
    view: "funnel",
    table: "events",
    parameters: funnelFields,
    example: EXAMPLE,
    statement: (own, shared, siteId) => buildFunnel({ ...own, ...shared }, siteId),
    compares: true,
    singlesOut: namesTraits,
    sqlViews: funnelViews,
    floor: { size: "people", per: ["group"] },
    row: [
      { name: "step", kind: "dimension", type: "integer" },
      { name: "name", kind: "dimension" },
      { name: "people", kind: "count" },
      { name: "shareOfFirst", kind: "share", low: "low", high: "high", nullable: true },
      { name: "shareOfPrevious", kind: "share", nullable: true },
      { name: "low", kind: "bound", nullable: true },
      { name: "high", kind: "bound", nullable: true },
      { name: "medianSeconds", kind: "seconds", nullable: true },
      { name: "p90Seconds", kind: "seconds", nullable: true },
      { name: "medianTotalSeconds", kind: "seconds", nullable: true },
      { name: "p90TotalSeconds", kind: "seconds", nullable: true },
    ],
    extra: ({ goalValue }, { compare }) => [
      ...(compare === undefined ? [] : COMPARED),
      ...(goalValue === true ? [{ name: "goals", kind: "list" } as const] : []),
    ],
  }),
  definePlain({
    name: "funnel_people",
    topic: "funnels",
    view: "table",
    parameters: funnelPeopleSchema,
    example: { ...EXAMPLE, step: 2, reached: "dropped" },
    statement: buildFunnelPeople,
    row: [
      { name: "id", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "lastStep", kind: "number" },
      { name: "at", kind: "moment", measured: true },
    ],
  }),
  define({
    name: "funnel_next",
    topic: "funnels",
    view: "bars",
    table: "events",
    parameters: funnelNextFields,
    example: { ...EXAMPLE, step: 2 },
    statement: (own, shared, siteId) => buildFunnelNext({ ...own, ...shared }, siteId),
    singlesOut: namesTraits,
    sqlViews: () => [],
    floor: { size: "dropped", per: ["group"] },
    row: [
      { name: "next", kind: "dimension", nullable: true },
      { name: "people", kind: "count" },
      { name: "dropped", kind: "count" },
      { name: "share", kind: "share", low: "low", high: "high", n: "dropped" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
      { name: "medianSeconds", kind: "seconds", nullable: true },
    ],
  }),
];

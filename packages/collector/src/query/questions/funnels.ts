import { buildFunnel } from "../funnel/build.js";
import { funnelFields, namesTraits } from "../funnel/schema.js";
import { funnelViews } from "../funnel/views.js";
import { define } from "../define.js";

export const funnels = [
  define({
    name: "funnel",
    topic: "funnels",
    view: "funnel",
    table: "events",
    parameters: funnelFields,
    example: { steps: ["page_view", "subscribed"], windowSeconds: 604_800 },
    statement: (own, shared, siteId) => buildFunnel({ ...own, ...shared }, siteId),
    singlesOut: ({ steps }) => namesTraits(steps),
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
  }),
];

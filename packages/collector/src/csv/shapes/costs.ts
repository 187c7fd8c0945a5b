import { RowError } from "../failure.js";
import type { Kind } from "../fields.js";
import { partOf, type Shape, type Tree } from "./shape.js";

/**
 * A row what a campaign cost on a day. Rows of the same day and campaign (a row an ad, say) are added
 * up, since the collector keeps the last of them.
 */
export const COSTS: Shape = {
  name: "costs",
  fields: new Map<string, Kind>([
    ["day", "day"],
    ["acquisitionChannel", "string"],
    ["campaign.source", "string"],
    ["campaign.medium", "string"],
    ["campaign.name", "string"],
    ["impressions", "number"],
    ["clicks", "number"],
    ["cost", "number"],
    ["currency", "string"],
  ]),
  free: [],
  required: [["day"], ["cost"], ["currency"]],
  lines: (row) => {
    for (const field of ["day", "cost", "currency"]) {
      if (row[field] === undefined) {
        throw new RowError("missing_field", `${field}: the cell is empty`);
      }
    }
    return [{ type: "cost", ...row }];
  },
  sum: {
    by: (line) => {
      const { source, medium, name } = partOf(line, "campaign");
      return JSON.stringify([
        line["day"],
        line["acquisitionChannel"],
        source,
        medium,
        name,
        line["currency"],
      ]);
    },
    add: (sum, line) => {
      for (const field of ["impressions", "clicks"]) {
        if (line[field] !== undefined) sum[field] = numberIn(sum, field) + numberIn(line, field);
      }
      // Cents that are added up as binary fractions would drift: the tables have four decimals.
      const cost = numberIn(sum, "cost") + numberIn(line, "cost");
      sum["cost"] = Math.round(cost * 10_000) / 10_000;
    },
  },
};

function numberIn(line: Tree, field: string): number {
  return Number(line[field] ?? 0);
}

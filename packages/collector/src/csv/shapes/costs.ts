import { RowError } from "../failure.js";
import type { Kind } from "../fields.js";
import { CAMPAIGN_COLUMNS } from "./columns.js";
import { partOf, type Sent, type Shape } from "./shape.js";

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
  required: [["day"], ["cost"], ["currency"]],
  columns: {
    ...CAMPAIGN_COLUMNS,
    day: ["day", "date", "jour"],
    acquisitionChannel: ["acquisitionchannel", "channel", "canal"],
    impressions: ["impressions", "impr", "affichages"],
    clicks: ["clicks", "linkclicks", "clics"],
    cost: ["cost", "spend", "amountspent", "cout", "depense", "montantdepense"],
    currency: ["currency", "currencycode", "devise"],
  },
  lines: (row) => {
    for (const field of ["day", "cost", "currency"]) {
      if (row[field] === undefined) {
        throw new RowError("missing_field", `${field}: the cell is empty`);
      }
    }
    return [{ type: "cost", ...row }];
  },
  sumBy: ({ day, acquisitionChannel, campaign, currency }) =>
    // A line's campaign is a part of a row.
    JSON.stringify([day, acquisitionChannel, ...campaignOf(campaign), currency]),
  add: (sum, line) => {
    for (const field of ["impressions", "clicks"]) {
      if (line[field] !== undefined) sum[field] = Number(sum[field] ?? 0) + Number(line[field]);
    }
    // Cents that are added up as binary fractions would drift: the tables have four decimals.
    sum["cost"] = Math.round((Number(sum["cost"]) + Number(line["cost"])) * 10_000) / 10_000;
  },
};

function campaignOf(campaign: Sent[string]): unknown[] {
  const { source, medium, name } = partOf({ campaign: Object(campaign ?? {}) }, "campaign");
  return [source, medium, name];
}

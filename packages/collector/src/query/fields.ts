import { z } from "zod";

/** The fields of an event that a condition or a breakdown may name, as expressions over `events`. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["day", "toString(toDate(occurred_at))"],
  ["week", "toString(toMonday(occurred_at))"],
  ["channel", "channel"],
  ["area", "area"],
  ["outcome", "outcome"],
  ["currency", "currency"],
  ["value", "value"],
  ["acquisitionChannel", "acquisition_channel"],
  ["device", "device"],
  ["browser", "browser"],
  ["os", "os"],
  ["country", "country"],
  ["region", "region"],
  ["locale", "locale"],
  ["consent", "consent"],
  ["page", "if(page_name != '', page_name, page_path)"],
  ["page.name", "page_name"],
  ["page.path", "page_path"],
  ["page.url", "page_url"],
  ["page.title", "page_title"],
  ["page.referrer", "page_referrer"],
  ["campaign.source", "campaign_source"],
  ["campaign.medium", "campaign_medium"],
  ["campaign.name", "campaign_name"],
  ["campaign.term", "campaign_term"],
  ["campaign.content", "campaign_content"],
]);

/** Parts of a path into `properties` or `traits`; nothing that could end a quoted name. */
const PATH = /^[\p{L}\p{N}_$ -]{1,64}(\.[\p{L}\p{N}_$ -]{1,64}){0,7}$/u;

export const fieldName = z
  .string()
  .max(256)
  .refine((name) => COLUMNS.has(name) || PATH.test(name), {
    error: `must be one of ${[...COLUMNS.keys()].join(", ")}, properties.<key> or traits.<key>`,
  })
  .describe("A field of the event, properties.<key> or traits.<key>; any other name is a property");

export interface FieldExpressions {
  /** The value as a String, empty where there is none. */
  text: string;
  /** The value as a Nullable(Float64). */
  number: string;
  /** Whether there is a value. */
  exists: string;
}

/** SQL for a name that `fieldName` has let through. */
export function fieldExpressions(name: string): FieldExpressions {
  const column = COLUMNS.get(name);
  if (column === "value") {
    return { text: "ifNull(toString(value), '')", number: "value", exists: "isNotNull(value)" };
  }
  if (column !== undefined) {
    return {
      text: `toString(${column})`,
      number: `toFloat64OrNull(toString(${column}))`,
      exists: `${column} != ''`,
    };
  }
  const [, scope = "properties", path = name] = /^(properties|traits)\.(.+)$/u.exec(name) ?? [];
  const quoted = path
    .split(".")
    .map((part) => `\`${part}\``)
    .join(".");
  const value = `${scope}.${quoted}`;
  const text = `ifNull(toString(${value}), '')`;
  return { text, number: `toFloat64OrNull(${text})`, exists: `isNotNull(${value})` };
}

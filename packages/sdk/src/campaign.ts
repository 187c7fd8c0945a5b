import { fitTexts } from "./texts.js";
import type { Campaign } from "./wire.js";

const UTM: [field: keyof Campaign, parameter: string][] = [
  ["source", "utm_source"],
  ["medium", "utm_medium"],
  ["name", "utm_campaign"],
  ["term", "utm_term"],
  ["content", "utm_content"],
];

/** Parameters that advertisers add; only which one it was is kept, never its value. */
const CLICK_IDS =
  "gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id igshid epik rdt_cid sccid yclid".split(
    " ",
  );

/** The campaign that an address tells of, if any. */
export function campaignOf(url: string): Campaign | undefined {
  const query = new URLSearchParams(/^[^#?]*\?([^#]*)/.exec(url)?.[1] ?? "");
  const campaign: Campaign = {};
  for (const [field, parameter] of UTM) {
    const value = query.get(parameter);
    if (value) campaign[field] = value;
  }
  const clickIdType = CLICK_IDS.find((name) => query.has(name));
  if (clickIdType) campaign.clickIdType = clickIdType;
  return Object.keys(campaign).length > 0 ? fitTexts(campaign, true) : undefined;
}

import { LIMITS } from "@balise/schema/limits";
import { cut } from "./cut.js";
import type { Campaign } from "./wire.js";

/** Parameters that advertisers add. */
const CLICK_ID = /^(\w{1,3}clk?id|[gw]braid|li_fat_id|igshid|epik|rdt_cid|sccid)$/i;

export interface Landing {
  /** What the address tells of a campaign: of a click id only which one it was. */
  campaign?: Campaign;
  clickId?: string;
}

export function landingOf(search: string): Landing {
  const landing: Landing = {};
  for (const [name, text] of new URLSearchParams(search)) {
    const value = cut(text, LIMITS.shortCharacters);
    const utm = /^utm_(source|medium|campaign|term|content)$/.exec(name)?.[1];
    const field = utm === "campaign" ? "name" : utm;
    if (field && value) landing.campaign = { ...landing.campaign, [field]: value };
    if (CLICK_ID.test(name)) {
      landing.campaign = { ...landing.campaign, clickIdType: name.toLowerCase() };
      landing.clickId = value;
    }
  }
  return landing;
}

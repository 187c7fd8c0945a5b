import { LIMITS } from "@balise/schema/limits";
import type { Campaign } from "./wire.js";

const UTM = /^utm_(source|medium|campaign|term|content)$/;
/** Parameters that advertisers add; only which one it was is kept, never its value. */
const CLICK_ID = /^(\w{1,4}(clk?|c|sh)id|[gw]braid|li_fat_id|epik)$/i;

/** The campaign that the query of an address tells of, if any. */
export function campaignOf(search: string): Campaign | undefined {
  let campaign: { [field: string]: string } | undefined;
  for (const [name, value] of new URLSearchParams(search)) {
    const utm = UTM.exec(name)?.[1];
    if (utm && value) {
      (campaign ??= {})[utm === "campaign" ? "name" : utm] = value.slice(0, LIMITS.shortCharacters);
    }
    if (CLICK_ID.test(name)) (campaign ??= {})["clickIdType"] = name.toLowerCase();
  }
  return campaign;
}

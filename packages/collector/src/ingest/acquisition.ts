import type { AcquisitionChannel, Campaign } from "@balise/schema";
import { parsedUrl } from "./parsed-url.js";

const SEARCH =
  /(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|baidu|yandex|startpage|lilo|naver|seznam|brave)\.[a-z.]{2,6}$/;
const SOCIAL =
  /(^|\.)(facebook|instagram|linkedin|twitter|x|t|tiktok|pinterest|reddit|snapchat|threads|mastodon|bsky|whatsapp|lnkd)\.(com|net|co|in|social|app|org)$/;
const VIDEO = /(^|\.)(youtube|youtu|vimeo|dailymotion|twitch)\.(com|be|tv)$/;
const MAIL = /(^|\.)(mail\.google|outlook|mail\.yahoo|mail|webmail|messagerie)\./;

const SOCIAL_SOURCES =
  /^(fb|facebook|ig|instagram|linkedin|twitter|x|tiktok|pinterest|reddit|snapchat|threads)$/;
const SEARCH_SOURCES = /^(google|bing|duckduckgo|ecosia|qwant|yahoo|baidu|yandex)$/;
const PAID = /^(cpc|ppc|paid.*|cpm|cpv|sea|retargeting|(.*[-_ ])?ads?)$/;

/** The kinds of click identifiers that only a paid click carries. */
const PAID_SEARCH_CLICKS = new Set(["gclid", "gbraid", "wbraid", "msclkid", "dclid"]);
const SOCIAL_CLICKS = new Set([
  "fbclid",
  "ttclid",
  "twclid",
  "li_fat_id",
  "igshid",
  "rdt_cid",
  "scclid",
]);

/**
 * The acquisition channel of an event, from its campaign and referrer: a stated medium wins over a
 * click identifier, which wins over the referrer. Empty for an event that says nothing of where it
 * came from: one inside the site (a referrer of the same site names no channel), or of a sender without pages.
 */
export function acquisitionChannel(
  campaign: Campaign | undefined,
  referrer: string | undefined,
  pageUrl: string | undefined,
): AcquisitionChannel | "" {
  const stated = campaign === undefined ? undefined : fromCampaign(campaign);
  if (stated !== undefined) return stated;
  const page = hostOf(pageUrl);
  if (page === undefined) return "";
  const from = hostOf(referrer);
  if (from === undefined) return referrer === undefined || referrer === "" ? "direct" : "other";
  if (from === page) return "";
  if (MAIL.test(from)) return "email";
  if (SEARCH.test(from)) return "organic_search";
  if (VIDEO.test(from)) return "video";
  if (SOCIAL.test(from)) return "organic_social";
  return "referral";
}

function fromCampaign(campaign: Campaign): AcquisitionChannel | undefined {
  const medium = campaign.medium?.toLowerCase() ?? "";
  const source = campaign.source?.toLowerCase() ?? "";
  if (/e-?mail|newsletter/.test(medium) || /^(e-?mail|newsletter)$/.test(source)) return "email";
  if (medium === "sms") return "sms";
  if (/push/.test(medium)) return "push";
  if (/affiliat/.test(medium)) return "affiliates";
  if (/^(display|banner|cpm|interstitial)$/.test(medium)) return "display";
  if (/video/.test(medium)) return "video";
  if (PAID.test(medium))
    return SOCIAL_SOURCES.test(source) || /social/.test(medium) ? "paid_social" : "paid_search";
  if (/social|^sm$/.test(medium)) return "organic_social";
  if (medium === "organic") return "organic_search";
  if (medium === "referral") return "referral";
  const click = campaign.clickIdType ?? "";
  if (PAID_SEARCH_CLICKS.has(click)) return "paid_search";
  if (SOCIAL_CLICKS.has(click)) return medium === "" ? "organic_social" : "paid_social";
  if (source === "" && medium === "") return undefined;
  if (SOCIAL_SOURCES.test(source)) return "organic_social";
  if (SEARCH_SOURCES.test(source)) return "organic_search";
  return "other";
}

function hostOf(url: string | undefined): string | undefined {
  const hostname = url === undefined ? undefined : parsedUrl(url)?.hostname;
  return hostname === undefined || hostname === "" ? undefined : hostname.replace(/^www\./, "");
}

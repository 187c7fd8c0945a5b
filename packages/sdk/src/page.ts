import { LIMITS } from "@balise/schema/limits";
import { addressOf } from "./address.js";
import { campaignOf } from "./campaign.js";
import type { TagOptions } from "./options.js";
import type { Campaign, Page } from "./wire.js";

export interface Pages {
  /** How the visitor came to this page. */
  landing: Campaign & { referrer?: string };
  /** The page as it is now, and once the campaign that its address tells of. */
  current(): { here: Page; campaign: Campaign | undefined };
  /** Gives the page the team's own words, which stay until the address changes. */
  name(page: Page): void;
}

/**
 * Follows the address through a single-page application: after a change of route the referrer
 * is the route before, which `document.referrer` never says.
 */
export function createPages({ address = plain }: TagOptions): Pages {
  let { url: referrer } = tell(document.referrer);
  let seen: string | undefined;
  let url: string | undefined;
  let campaign: Campaign | undefined;
  let named: Page = {};

  function tell(href: string): Page {
    if (!href) return {};
    const { url: kept = "", ...rest } = address(new URL(href));
    return { url: kept.slice(0, LIMITS.urlCharacters), ...rest };
  }

  function follow(): void {
    if (seen === location.href) return;
    seen = location.href;
    campaign = campaignOf(location.search);
    const next = tell(seen);
    if (next.url === url) return;
    referrer = url ?? referrer;
    ({ url, ...named } = next);
  }

  follow();
  return {
    landing: { ...campaign, referrer },
    current() {
      follow();
      const found = campaign;
      campaign = undefined;
      const title = document.title.slice(0, LIMITS.urlCharacters);
      return { campaign: found, here: { url, title, referrer, ...named } };
    },
    name(page) {
      follow();
      named = { ...named, ...page };
    },
  };
}

const plain = (address: URL): Page => ({ url: addressOf(address) });

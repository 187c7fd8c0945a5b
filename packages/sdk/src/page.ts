import { fitTexts } from "./texts.js";
import type { Page } from "./wire.js";

export interface Pages {
  /** The page as it is now. */
  current(): Page;
  /** The page as it is now with the team's own words, which stay until the address changes. */
  name(page: Page): Page;
}

/**
 * Follows the address through a single-page application: after a change of route the referrer
 * is the route before, which `document.referrer` never says.
 */
export function createPages(
  document: Document,
  location: Location,
  scrub: (url: string) => string,
): Pages {
  let href = location.href;
  let referrer = document.referrer;
  let named: Page = {};

  function current(): Page {
    if (location.href !== href) {
      referrer = href;
      href = location.href;
      named = {};
    }
    return fitTexts(
      {
        url: scrub(href),
        title: document.title,
        ...(referrer && { referrer: scrub(referrer) }),
        ...named,
      },
      true,
    );
  }

  return {
    current,
    name(page) {
      current();
      named = page;
      return current();
    },
  };
}

import { LIMITS } from "@balise/schema/limits";
import { addressOf } from "./address.js";
import { cut } from "./cut.js";
import type { TagOptions } from "./options.js";
import type { Page } from "./wire.js";

export interface Pages {
  /** The page as it is now. */
  current(): Page;
  /** Gives the page the team's own words, which stay until the address changes. */
  name(page: Page): void;
}

/**
 * Follows the address through a single-page application: after a change of route the referrer
 * is the route before, which `document.referrer` never says.
 */
export function createPages({ urlTemplates, urlParts, scrubUrl }: TagOptions): Pages {
  let referrer = tell(document.referrer).url;
  let seen: string | undefined;
  let here: Page = {};
  let named: Page = {};

  /** The address as it is kept, and the template that it follows. */
  function tell(href: string): Page {
    if (!href) return {};
    const { origin, pathname, search, hash } = new URL(href);
    const own = origin === location.origin;
    const name = own ? urlTemplates?.find((template) => follows(pathname, template)) : undefined;
    // What other sites say of themselves is theirs to choose.
    const kept = own
      ? addressOf({ origin, pathname: name ?? pathname, search, hash }, urlParts)
      : href;
    return { url: cut(scrubUrl ? scrubUrl(kept) : kept, LIMITS.urlCharacters), name };
  }

  function current(): Page {
    const next = seen === location.href ? here : tell((seen = location.href));
    if (next.url !== here.url) {
      referrer = here.url ?? referrer;
      here = next;
      named = {};
    }
    const title = cut(document.title, LIMITS.urlCharacters);
    return { ...here, title, referrer, ...named };
  }

  return {
    current,
    name(page) {
      current();
      named = page;
    },
  };
}

/** `/contracts/:id` stands for `/contracts/7`, and `/help/*` for all that is below. */
function follows(path: string, template: string): boolean {
  const pattern = template.replace(/:\w+/g, "[^/]+").replace("*", ".*");
  return new RegExp(`^${pattern}$`).test(path);
}

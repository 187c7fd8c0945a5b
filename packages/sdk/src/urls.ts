import type { Page } from "./wire.js";

/** Which parts of the site's addresses are kept. */
export interface UrlOptions {
  /**
   * Addresses in which identifiers stand, such as `/contracts/:id` or `/help/*`. The first that
   * fits takes the place of the path, and is the name of the page. @default []
   */
  templates?: readonly string[];
  /** @default true */
  path?: boolean;
  /** @default true */
  query?: boolean;
  /**
   * `"route"`: only `#/…` and `#!…`, which are routes; other fragments are places in a page.
   * @default "route"
   */
  hash?: boolean | "route";
}

/**
 * For the option `address`: what is kept of the site's addresses, so that a connected area leaks
 * no identifiers. What other sites say of themselves, in referrers, stays as it is.
 */
export function urls(options: UrlOptions = {}): (address: URL) => Page {
  const { templates = [], path = true, query = true, hash = "route" } = options;
  return (address) => {
    // On a server there is no site of one's own.
    if (address.origin !== globalThis.location?.origin) return { url: address.href };
    const name = templates.find((template) => follows(address.pathname, template));
    const fragment = hash === "route" ? /^#[/!]/.test(address.hash) : hash;
    const kept = [
      address.origin,
      path ? (name ?? address.pathname) : "/",
      query ? address.search : "",
      fragment ? address.hash : "",
    ];
    return { url: kept.join(""), ...(name && { name }) };
  };
}

/** `/contracts/:id` stands for `/contracts/7`, and `/help/*` for all that is below. */
function follows(path: string, template: string): boolean {
  const parts = path.split("/");
  const wanted = template.split("/");
  const rest = wanted.at(-1) === "*";
  return (
    (rest ? wanted.length <= parts.length : wanted.length === parts.length) &&
    wanted.every((word, at) => word === "*" || (word[0] === ":" ? parts[at] : word === parts[at]))
  );
}

import { addressOf, linkIn, onActivation } from "../instruments/activation.js";
import type { Stop } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface OutboundLinksOptions {
  /**
   * Hosts that are the team's own, each with its subdomains: links to them lead nowhere else.
   * The page's own host is always one of them, without its subdomains.
   * @default []
   */
  ownHosts?: string[];
  /**
   * Sends the query of an address too. It may say who the visitor is: know your links.
   * @default false
   */
  query?: boolean;
}

/**
 * Tracks `outbound_click` when a link to another host is activated, in this tab or another one.
 * Its properties are `host` and `url`, without query and fragment.
 *
 * @returns a function that stops it.
 */
export function outboundLinks(tag: Tracker, options: OutboundLinksOptions = {}): Stop {
  const { ownHosts = [], query = false } = options;
  return onActivation((path) => {
    const link = linkIn(path);
    if (!link) return;
    const { protocol, hostname, origin, pathname, search } = addressOf(link);
    const own = ownHosts.some((host) => `.${hostname}`.endsWith(`.${host}`));
    if (own || hostname === location.hostname || !/^https?:$/.test(protocol)) return;
    tag.track("outbound_click", {
      host: hostname,
      url: origin + pathname + (query ? search : ""),
    });
  });
}

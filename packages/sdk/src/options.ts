import type { UrlParts } from "./address.js";
import type { LostEvent } from "./events.js";
import type { Area, Channel, Consent } from "./wire.js";

/**
 * `full`: the visitor agreed. `exempt`: audience measurement alone, no user, account or traits.
 * `pending`: nothing is stored or sent until `consent()` says which; events wait in memory.
 * `denied`: nothing is measured, and what the tag had stored is removed.
 */
export type ConsentState = Consent | "pending" | "denied";

/** What an app hands over to the page that it opens, so that both speak of one person and session. */
export interface Handover {
  /** UUID of version 7. */
  anonymousId?: string;
  /** UUID of version 7. */
  sessionId?: string;
  userId?: string;
  accountId?: string;
}

export interface TagOptions {
  /** The write key of the site. */
  key: string;
  /** Where the collector answers, with its base path if any: `https://balise.example.org`. */
  host: string;
  /**
   * What the visitor has decided so far. A refusal told to `consent("denied")` is remembered, and
   * stronger than this option unless it says `"full"`.
   * @default "full"
   */
  consent?: ConsentState;
  /**
   * With Global Privacy Control switched on in the browser, `full` counts as `exempt`.
   * @default true
   */
  respectGpc?: boolean;
  /** The same for the older Do Not Track. @default false */
  respectDnt?: boolean;
  /**
   * Where in the customer's life these pages are; a function is asked at each event.
   * @default none
   */
  area?: Area | (() => Area);
  /** @default "web" */
  channel?: Channel;
  /** Name and version of the team's application, such as `shop/2.3.0`. @default none */
  app?: string;
  /** The traits that may be sent; all others are left out. @default [] */
  traits?: readonly string[];
  /**
   * Turns the identifier that `identify()` is given into the one that is kept, such as
   * `sha256("salt")` of `@balise/sdk/hash`. @default the identifier itself
   */
  hashUserId?: (userId: string) => string | Promise<string>;
  /** Which parts of addresses are kept. @default path, query, and fragments that are routes */
  urlParts?: UrlParts;
  /**
   * Addresses of the site in which identifiers stand, such as `/contracts/:id` or `/help/*`. The
   * first that fits takes the place of the path and is the name of the page. @default []
   */
  urlTemplates?: readonly string[];
  /**
   * Rewrites every address before it is kept, referrers included: the place to take out
   * identifiers and secrets. @default addresses as they are
   */
  scrubUrl?: (url: string) => string;
  /**
   * Keeps the value of a click identifier (`gclid`…) with full consent: as `clickId` among the
   * properties of the event that it arrived with. @default false
   */
  keepClickId?: boolean;
  /**
   * Domain, such as `example.org`, whose subdomains share person and session by cookies; the
   * collector can then renew the cookie, which Safari keeps for seven days otherwise.
   * @default none: `localStorage`
   */
  cookieDomain?: string;
  /**
   * Hears of every event that will never be counted, with the reason.
   * @default a warning in the console
   */
  onReject?: (lost: LostEvent) => void;
  /** Prints every event to the console as it is recorded. @default false */
  debug?: boolean;
  /** How long events gather before they are sent together, in milliseconds. @default 1000 */
  batchDelay?: number;
  /**
   * Another way to the collector, of the shape of the browser's `fetch`: a batch is taken when it
   * answers 202, and kept when it rejects. It may be called while the page is being left.
   * @default the browser's own
   */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Who the visitor is and which session runs, as an app around the page knows them. @default none */
  handover?: Handover;
  /** Start of every storage key and cookie name. @default "balise" */
  storagePrefix?: string;
}

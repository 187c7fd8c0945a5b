import type { LostEvent } from "./events.js";
import type { Store } from "./storage.js";
import type { Area, Channel, Consent, Page } from "./wire.js";

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
   * What is kept of an address, referrers included, and how its page is called: the place to
   * take out identifiers and secrets. `urls()` of `@balise/sdk/urls` does the usual.
   * @default the address without the fragment, unless that is a route
   */
  address?: (address: URL) => Page;
  /**
   * Person and session in cookies that subdomains share: `cookies("example.org")` of
   * `@balise/sdk/cookies`. @default `localStorage`, of this origin alone
   */
  cookies?: (store: Store) => Store;
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
  /** Start of every storage key and cookie name. @default "balise" */
  storagePrefix?: string;
}

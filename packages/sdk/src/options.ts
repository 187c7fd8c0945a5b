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
  /** @default "full" */
  consent?: ConsentState;
  /**
   * With Global Privacy Control switched on in the browser, `full` counts as `exempt`.
   * @default true
   */
  respectGpc?: boolean;
  /** Where in the customer's life these pages are; a function is asked at each event. */
  area?: Area | (() => Area);
  /** @default "web" */
  channel?: Channel;
  /** Name and version of the team's application, such as `shop/2.3.0`. */
  app?: string;
  /**
   * Rewrites every address before it is kept, referrers included: the place to take out
   * identifiers and secrets.
   */
  scrubUrl?: (url: string) => string;
  /** Hears of every event that will never be counted, with the reason. */
  onReject?: (lost: LostEvent) => void;
  /** Explains in the console what the tag cut, dropped or could not do. @default false */
  debug?: boolean;
  /** How long events gather before they are sent together, in milliseconds. @default 1000 */
  batchDelay?: number;
  /**
   * Another way to the collector, of the shape of the browser's `fetch`: a batch is taken when it
   * answers 202, and kept when it rejects. It may be called while the page is being left.
   * @default the browser's own
   */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Who the visitor is and which session runs, as an app around the page knows them. */
  handover?: Handover;
  /** Start of every storage key and cookie name. @default "balise" */
  storagePrefix?: string;
}

import { gzip } from "./gzip.js";
import { type Store, webStore } from "./storage.js";
import type { Fetch } from "./transport.js";

/** What the tag needs of a browser and a test wants in its hand. */
export interface Platform {
  /** Epoch milliseconds, whole ones. */
  now: () => number;
  after: (run: () => unknown, ms: number) => unknown;
  fetch: Fetch | undefined;
  /** Whether `fetch` outlives the page here. */
  keepalive: boolean;
  /** Makes a body smaller, when nothing hurries. */
  pack: (text: string) => Promise<Blob | string>;
  locks: LockManager | undefined;
  /** `localStorage`. */
  store: Store;
}

/** The browser around us. */
export function browser(): Platform {
  return {
    now: Date.now,
    after: setTimeout,
    fetch: window.fetch,
    keepalive: !!window.Request && "keepalive" in Request.prototype,
    pack: gzip,
    locks: navigator.locks,
    store: webStore(() => localStorage),
  };
}

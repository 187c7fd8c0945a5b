import { cookieStore } from "./cookie.js";
import { memoryStore, type Store, webStore } from "./storage.js";
import type { Fill } from "./uuid.js";

/** All that the tag needs from a browser, as parameters of its parts. */
export interface Platform {
  window: Window;
  document: Document;
  /** Epoch milliseconds. */
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
  random: () => number;
  fill: Fill;
  fetch: typeof fetch;
  sendBeacon: (url: string, body: string) => boolean;
  /** Whether `fetch` outlives the page here. */
  keepalive: boolean;
  online: () => boolean;
  locks: LockManager | undefined;
  /** For person and session: `localStorage` or cookies. */
  small: Store;
  /** For the outbox: `localStorage` or memory. */
  large: Store;
}

/** The browser around us; undefined on a server. */
export function browser(): Platform | undefined {
  if (typeof window === "undefined" || typeof document === "undefined") return undefined;
  const { navigator, crypto } = window;
  const local = webStore(() => window.localStorage);
  return {
    window,
    document,
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    // Unlike crypto.randomUUID, there in insecure contexts too.
    fill: (bytes) => crypto.getRandomValues(bytes),
    fetch: (input, init) => fetch(input, init),
    sendBeacon: (url, body) => navigator.sendBeacon?.(url, body) ?? false,
    keepalive: typeof Request === "function" && "keepalive" in Request.prototype,
    online: () => navigator.onLine,
    locks: navigator.locks,
    small: local ?? cookieStore(document),
    large: local ?? memoryStore(),
  };
}

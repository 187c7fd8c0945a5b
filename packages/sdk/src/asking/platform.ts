import type { Store } from "../storage.js";
import type { Asker } from "./asker.js";
import type { AskingContext } from "./context.js";

/** What asking needs of a browser and a test wants in its hand. */
export interface AskingPlatform {
  /** Epoch milliseconds. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** `localStorage`. */
  store: Store;
  /** Who decides and shows: loaded when a trigger has fired. */
  asker: (context: AskingContext) => Promise<Asker>;
}

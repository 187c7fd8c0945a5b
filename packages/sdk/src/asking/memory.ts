import { parse, type Store } from "../storage.js";
import type { Exposure } from "../survey-rules.js";
import type { Traits } from "../wire.js";

/** What a browser remembers of asking. Whoever else writes it may have written anything. */
export interface Memory {
  /** Displays, latest first. */
  exposures?: Exposure[];
  /** When the visit began, and when it was last seen. */
  startedAt?: number;
  lastAt?: number;
  /** The end of the visit before, if there was one. */
  before?: number | undefined;
  converted?: boolean;
  traits?: Traits;
}

export interface Memories {
  /** What all tabs know. */
  get(): Memory;
  /** Changes it, where something may be stored. */
  change(how: Memory): void;
}

export function createMemories(
  store: Store,
  key: string,
  now: () => number,
  mayStore: () => boolean,
): Memories {
  const get = (): Memory => parse(store.get(key));
  return {
    get,
    change(how) {
      if (mayStore()) store.set(key, JSON.stringify({ ...get(), ...how, lastAt: now() }));
    },
  };
}

import { parse, type Store } from "./storage.js";
import { timeOf } from "./uuid.js";

/** An event that the collector has not answered for yet. */
export interface Entry {
  id: string;
  /** The event as it goes over the wire. */
  json: string;
  bytes: number;
}

export interface Outbox {
  /** Stores the event before it returns, and gives its bytes. */
  add(id: string, json: string): number;
  /** Only for what the collector answered for. */
  remove(id: string): void;
  /**
   * The oldest first; what is no longer stored is left out: another tab has taken it over, or
   * the visitor removed it.
   */
  entries(): Entry[];
  /** Names of tabs with events in the store, this one and dead ones included. */
  tabs(): Set<string>;
  /** Takes over what a tab, which must be dead, left from before `time`. */
  adopt(tab: string, time: number): void;
  /** How many events fell out since the last call, of whichever tab. */
  dropped(): number;
}

/** About two hours of a busy page, within a fifth of what `localStorage` holds. */
export const MAX_EVENTS = 1000;
export const MAX_BYTES = 1_000_000;

/**
 * Each event has a storage key of its own (`prefix` + tab + id), so that keeping one costs the
 * same however many wait, and a tab only ever writes its own. Past the bounds the oldest go, and
 * are counted.
 */
export function createOutbox(store: Store, prefix: string, tab: string): Outbox {
  const waiting = new Map<string, Entry>();
  const drops = `${prefix}dropped`;
  let bytes = 0;

  const keyOf = (id: string, owner = tab): string => `${prefix}${owner}.${id}`;

  function remove(id: string): void {
    bytes -= waiting.get(id)?.bytes ?? 0;
    waiting.delete(id);
    store.set(keyOf(id), null);
  }

  function add(id: string, json: string): number {
    const entry = { id, json, bytes: new TextEncoder().encode(json).length };
    store.set(keyOf(id), json);
    waiting.set(id, entry);
    bytes += entry.bytes;
    for (const oldest of waiting.keys()) {
      if (waiting.size <= MAX_EVENTS && bytes <= MAX_BYTES) break;
      remove(oldest);
      store.set(drops, `${Number(store.get(drops)) + 1}`);
    }
    return entry.bytes;
  }

  /** What is stored of a tab, or of all, by what follows the start of its keys. */
  const kept = (owner: string): string[] =>
    store
      .keys()
      .flatMap((key) => (key.startsWith(prefix + owner) ? key.slice((prefix + owner).length) : []));

  return {
    add,
    remove,
    entries() {
      for (const id of waiting.keys()) if (!store.get(keyOf(id))) remove(id);
      return [...waiting.values()];
    },
    tabs: () => new Set(kept("").map((rest) => rest.replace(/\..*/, ""))),
    adopt(from, time) {
      const ids = kept(`${from}.`)
        .filter((id) => timeOf(id) < time)
        // oxlint-disable-next-line unicorn/no-array-sort -- a new array, and browsers without toSorted()
        .sort();
      for (const id of ids) {
        const json = store.get(keyOf(id, from));
        // Kept under the own name before it leaves the other: a crash in between doubles it,
        // and the collector counts it once. One broken text would make the body unreadable.
        if (parse(json)["id"] === id) add(id, `${json}`);
        store.set(keyOf(id, from), null);
      }
    },
    dropped() {
      const count = Number(store.get(drops));
      store.set(drops, null);
      return count;
    },
  };
}

import { createCell } from "./cell.js";
import { type LocalStore, parse } from "./storage.js";
import { timeOf } from "./uuid.js";

/** An event that the collector has not answered for yet. */
export interface Entry {
  id: string;
  /** The event as it goes over the wire. */
  json: string;
  bytes: number;
  /** Whether the store took it; else it waits in memory. */
  stored: boolean;
}

export interface Outbox {
  /** Stores the event before it returns, and gives its bytes. */
  add(id: string, json: string): number;
  /** Only for what the collector answered for. */
  remove(id: string): void;
  /** The oldest first. */
  entries(): IterableIterator<Entry>;
  /** Other tabs that left events behind, dead or alive. */
  others(): Set<string>;
  /** Takes over what a tab, which must be dead, left from before `time`; says whether there was any. */
  adopt(tab: string, time: number): boolean;
  /** Forgets what is no longer stored: another tab has taken it over, or the visitor removed it. */
  refresh(): void;
  /** Forgets what the store did not take. */
  clear(): void;
  /** How many events fell out since the last call, of whichever tab. */
  dropped(): number;
}

/** About two hours of a busy page, within a fifth of what `localStorage` holds. */
export const MAX_EVENTS = 1000;
export const MAX_BYTES = 1_000_000;

/**
 * Each event has a storage key of its own (`prefix` + tab + id), so that keeping one costs the
 * same however many wait, and a tab only ever writes its own. When the store is full or denied
 * an event waits in memory. Past the bounds the oldest go, and are counted.
 */
export function createOutbox(store: LocalStore, prefix: string, tab: string): Outbox {
  const waiting = new Map<string, Entry>();
  const counter = createCell(store, `${prefix}dropped`);
  let bytes = 0;

  const keyOf = (id: string, owner = tab): string => `${prefix}${owner}.${id}`;

  function forget(id: string): void {
    bytes -= waiting.get(id)?.bytes ?? 0;
    waiting.delete(id);
  }

  function remove(id: string): void {
    forget(id);
    store.remove(keyOf(id));
  }

  function add(id: string, json: string): number {
    const size = new TextEncoder().encode(json).length;
    waiting.set(id, { id, json, bytes: size, stored: store.set(keyOf(id), json) });
    bytes += size;
    for (const oldest of waiting.keys()) {
      if (waiting.size <= MAX_EVENTS && bytes <= MAX_BYTES) break;
      remove(oldest);
      counter.set(`${Number(counter.get()) + 1}`);
    }
    return size;
  }

  /** Every stored event of this site as its tab and id. */
  const kept = (): string[][] =>
    store
      .keys()
      .filter((key) => key.startsWith(prefix))
      // oxlint-disable-next-line unicorn/no-array-sort -- a new array, and browsers without toSorted()
      .sort()
      .map((key) => key.slice(prefix.length).split("."))
      .filter(([, id]) => id);

  return {
    add,
    remove,
    entries: () => waiting.values(),
    others: () =>
      new Set(
        kept()
          .map(([owner = ""]) => owner)
          .filter((owner) => owner !== tab),
      ),
    adopt(from, time) {
      let adopted = false;
      for (const [owner, id = ""] of kept()) {
        if (owner !== from || !(timeOf(id) < time)) continue;
        const json = store.get(keyOf(id, from));
        // Kept under the own name before it leaves the other: a crash in between doubles it,
        // and the collector counts it once. One broken text would make the body unreadable.
        if (json && parse(json)["id"] === id) adopted = add(id, json) > 0;
        store.remove(keyOf(id, from));
      }
      return adopted;
    },
    refresh() {
      for (const { id, stored } of waiting.values()) {
        if (stored && !store.get(keyOf(id))) forget(id);
      }
    },
    clear() {
      waiting.clear();
      bytes = 0;
    },
    dropped() {
      const count = Number(counter.get());
      if (count) counter.set(null);
      return count;
    },
  };
}

import { byteLength } from "./cut.js";
import { fieldsOf } from "./cell.js";
import type { Store } from "./storage.js";
import { isUuid } from "./uuid.js";

/** An event that the collector has not answered for yet. */
export interface Entry {
  id: string;
  /** The event as it goes over the wire. */
  json: string;
  bytes: number;
}

export interface Outbox {
  /** Stores the event before it returns. */
  add(id: string, json: string): void;
  /** Only for what the collector answered for. */
  remove(id: string): void;
  /** The oldest first. */
  entries(): IterableIterator<Entry>;
  /** Other tabs that left events behind, dead or alive. */
  otherTabs(): string[];
  /** Takes over the events of another tab, which must be dead, or those that `which` picks. */
  adopt(tab: string, which?: (id: string) => boolean): number;
  /** Forgets what another tab has taken over in the meantime. */
  refresh(): void;
  /** Forgets everything, in the store too. */
  clear(): void;
}

export interface OutboxParts {
  store: Store;
  /** Start of the storage keys, the same for all tabs of a site. */
  prefix: string;
  tab: string;
  /** Past these bounds the oldest events go, and `onDrop` hears of each. */
  maxEvents: number;
  maxBytes: number;
  onDrop: (id: string) => void;
}

/**
 * Each event has a storage key of its own (`prefix` + tab + id), so that keeping one costs the
 * same however many wait, and a tab only ever writes its own. When the store is full or denied
 * an event waits in memory.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, prefix, tab, maxEvents, maxBytes, onDrop } = parts;
  const waiting = new Map<string, Entry>();
  const unsaved = new Set<string>();
  let bytes = 0;

  const keyOf = (owner: string, id: string): string => `${prefix}${owner}.${id}`;

  function forget(id: string): void {
    bytes -= waiting.get(id)?.bytes ?? 0;
    waiting.delete(id);
    unsaved.delete(id);
  }

  function remove(id: string): void {
    forget(id);
    store.remove(keyOf(tab, id));
  }

  function add(id: string, json: string): void {
    forget(id);
    const entry: Entry = { id, json, bytes: byteLength(json) };
    waiting.set(id, entry);
    bytes += entry.bytes;
    if (!store.set(keyOf(tab, id), json)) unsaved.add(id);
    for (const oldest of waiting.keys()) {
      if (waiting.size <= maxEvents && bytes <= maxBytes) break;
      remove(oldest);
      onDrop(oldest);
    }
  }

  /** Every stored event of this site as its tab and id. */
  function stored(): [owner: string, id: string][] {
    return store
      .keys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => {
        const dot = key.lastIndexOf(".");
        return [key.slice(prefix.length, dot), key.slice(dot + 1)];
      });
  }

  return {
    add,
    remove,
    entries: () => waiting.values(),
    otherTabs: () => [...new Set(stored().map(([owner]) => owner))].filter((o) => o !== tab),
    adopt(from, which = () => true) {
      const ids = stored().flatMap(([owner, id]) => (owner === from && which(id) ? [id] : []));
      ids.sort();
      for (const id of ids) {
        const json = store.get(keyOf(from, id));
        // Kept under the own name before it leaves the other: a crash in between doubles it,
        // and the collector counts it once.
        if (json !== null && isEvent(json, id)) add(id, json);
        store.remove(keyOf(from, id));
      }
      return ids.length;
    },
    refresh() {
      for (const id of waiting.keys()) {
        if (!unsaved.has(id) && store.get(keyOf(tab, id)) === null) forget(id);
      }
    },
    clear() {
      for (const id of waiting.keys()) remove(id);
      for (const [owner, id] of stored()) store.remove(keyOf(owner, id));
    },
  };
}

/** One broken text would make the whole body unreadable. */
function isEvent(json: string, id: string): boolean {
  try {
    return isUuid(id) && fieldsOf(JSON.parse(json))?.["id"] === id;
  } catch {
    return false;
  }
}

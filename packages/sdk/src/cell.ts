import type { Store } from "./storage.js";

/** One stored text, shared by all tabs through its store. */
export interface Cell {
  get(): string | null;
  /** Null removes it. */
  set(value: string | null): void;
}

/** When the store does not keep a value, this tab still remembers it. */
export function createCell(store: Store, key: string): Cell {
  let unsaved: string | null = null;
  return {
    get: () => unsaved ?? store.get(key),
    set(value) {
      unsaved = null;
      if (value === null) store.remove(key);
      else if (!store.set(key, value)) unsaved = value;
    },
  };
}

import type { Store } from "./storage.js";

/** One stored JSON value, shared by all tabs through its store. */
export interface Cell<T> {
  get(): T | undefined;
  set(value: T): void;
  clear(): void;
}

/**
 * `isGood` tells a good value from what others may have written under the key. When the store
 * does not keep a value, this tab still remembers it.
 */
export function createCell<T>(
  store: Store,
  key: string,
  isGood: (value: unknown) => value is T,
): Cell<T> {
  let unsaved: T | undefined;
  return {
    get() {
      if (unsaved !== undefined) return unsaved;
      try {
        const value: unknown = JSON.parse(store.get(key) ?? "null");
        return isGood(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    set(value) {
      unsaved = store.set(key, JSON.stringify(value)) ? undefined : value;
    },
    clear() {
      unsaved = undefined;
      store.remove(key);
    },
  };
}

/** The value as an object of unknown fields, or undefined. */
export function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** An object whose values are all texts. */
export function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

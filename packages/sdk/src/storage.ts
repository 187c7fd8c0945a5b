/** Text by key, as in `localStorage`, that never throws. */
export interface Store {
  get(key: string): string | null;
  /** Null removes the key. */
  set(key: string, value: string | null): void;
  keys(): string[];
}

/**
 * A `Storage` of the browser, and the memory of this page for what it does not keep: when it is
 * full, and where it is denied, so that even reading the property throws (cookies blocked,
 * sandboxed frames). Writes nothing to find out, since before consent nothing may be written.
 */
export function webStore(storage: () => Storage): Store {
  const unsaved = new Map<string, string>();
  return {
    get: (key) => unsaved.get(key) ?? attempt(() => storage().getItem(key)) ?? null,
    set(key, value) {
      unsaved.delete(key);
      attempt(() => {
        if (value === null) return storage().removeItem(key);
        unsaved.set(key, value);
        storage().setItem(key, value);
        return unsaved.delete(key);
      });
    },
    keys: () => [...unsaved.keys(), ...(attempt(() => Object.keys(storage())) ?? [])],
  };
}

/** What `run` gives, or undefined when it throws. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** The fields of a text that others may have written: none when it is no JSON object. */
export function parse(text: string | null): { [field: string]: unknown } {
  return Object(attempt(() => JSON.parse(text ?? "")));
}

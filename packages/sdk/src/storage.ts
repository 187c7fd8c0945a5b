/** Text by key, as in `localStorage`, that never throws. */
export interface Store {
  get(key: string): string | null;
  /** False when the value was not kept: storage full or denied. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
}

export interface LocalStore extends Store {
  keys(): string[];
}

/**
 * A `Storage` of the browser. Where it is denied, even reading the property throws (cookies
 * blocked, sandboxed frames): then it keeps nothing. Writes nothing to find out, since before
 * consent nothing may be written.
 */
export function webStore(storage: () => Storage): LocalStore {
  return {
    get: (key) => attempt(() => storage().getItem(key)) ?? null,
    set: (key, value) => attempt(() => storage().setItem(key, value) === undefined) ?? false,
    remove: (key) => attempt(() => storage().removeItem(key)),
    keys: () => attempt(() => Object.keys(storage())) ?? [],
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

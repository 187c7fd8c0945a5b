/** Text by key, as in `localStorage`, that never throws. */
export interface Store {
  get(key: string): string | null;
  /** False when the value was not kept: storage full or denied. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  keys(): string[];
}

export function memoryStore(): Store {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => Boolean(values.set(key, value)),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/**
 * A `Storage` of the browser, or undefined where it is denied: even reading the property
 * throws with cookies blocked or in a sandboxed frame. Writes nothing to find out, since
 * before consent nothing may be written.
 */
export function webStore(open: () => Storage): Store | undefined {
  const storage = attempt(open);
  if (!storage) return undefined;
  return {
    get: (key) => attempt(() => storage.getItem(key)) ?? null,
    set: (key, value) => attempt(() => storage.setItem(key, value) === undefined) ?? false,
    remove: (key) => attempt(() => storage.removeItem(key)),
    keys: () => attempt(() => Object.keys(storage)) ?? [],
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

import type { LocalStore } from "../storage.js";

/** A store that forgets when the test ends. */
export function memoryStore(): LocalStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => Boolean(values.set(key, value)),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

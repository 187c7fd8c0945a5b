/** Web Locks among the tabs of one test, as far as the tag uses them. */
export function fakeLocks() {
  const held = new Map<string, () => void>();
  const request = async (
    name: string,
    second: LockOptions | LockGrantedCallback<unknown>,
    third?: LockGrantedCallback<unknown>,
  ): Promise<unknown> => {
    const run = typeof second === "function" ? second : third;
    if (!run) throw new TypeError("no callback");
    if (held.has(name)) return run(null);
    const freed = new Promise<void>((resolve) => held.set(name, resolve));
    try {
      return await Promise.race([run({ name, mode: "exclusive" }), freed]);
    } finally {
      held.delete(name);
    }
  };
  return {
    held,
    /** The browser lets go of the locks of a tab that is gone. */
    die: (part: string) => {
      for (const [name, free] of held) {
        if (!name.includes(part)) continue;
        held.delete(name);
        free();
      }
    },
    locks: { request, query: async () => ({}) } satisfies LockManager,
  };
}

import type { Platform } from "../platform.js";
import type { Store } from "../storage.js";
import { fakeClock } from "./fake-clock.js";
import { fakeCollector } from "./fake-collector.js";
import { memoryStore } from "./memory-store.js";

/** The window of the test with everything else under the test's hand. */
export function fakePlatform(
  store: Store = memoryStore(),
  clock = fakeClock(),
  collector = fakeCollector(),
) {
  const platform: Platform = {
    now: clock.now,
    after: (run, ms) => clock.after(ms, run),
    fetch: collector.fetch,
    keepalive: true,
    pack: async (text) => {
      collector.packed.push(text);
      return text;
    },
    locks: undefined,
    store,
  };
  return { platform, clock, collector, store };
}

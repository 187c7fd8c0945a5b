import type { Platform } from "../platform.js";
import type { LocalStore } from "../storage.js";
import { fakeClock } from "./fake-clock.js";
import { fakeCollector } from "./fake-collector.js";
import { memoryStore } from "./memory-store.js";

/** The window of the test with everything else under the test's hand. */
export function fakePlatform(
  store: LocalStore = memoryStore(),
  clock = fakeClock(),
  collector = fakeCollector(),
) {
  const platform: Platform = {
    now: clock.now,
    after: clock.after,
    random: () => 0.5,
    fetch: collector.fetch,
    keepalive: true,
    pack: (text) => Promise.resolve(text),
    locks: undefined,
    store,
  };
  return { platform, clock, collector, store };
}

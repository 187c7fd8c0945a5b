import type { Platform } from "../platform.js";
import { memoryStore, type Store } from "../storage.js";
import { fakeClock } from "./fake-clock.js";
import { fakeCollector } from "./fake-collector.js";

/** The window of the test with everything else under the test's hand. */
export function fakePlatform(
  store: Store = memoryStore(),
  clock = fakeClock(),
  collector = fakeCollector(),
) {
  const platform: Platform = {
    window,
    document,
    now: clock.now,
    after: clock.after,
    random: () => 0.5,
    fill: (bytes) => crypto.getRandomValues(bytes),
    fetch: collector.fetch,
    sendBeacon: (url, body) => collector.take(url, body, true) !== "down",
    keepalive: true,
    online: () => true,
    locks: undefined,
    small: store,
    large: store,
  };
  return { platform, clock, collector, store };
}

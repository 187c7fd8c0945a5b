import type { Delivery } from "./delivery.js";
import { nothing } from "./nothing.js";
import type { Outbox } from "./outbox.js";
import type { Platform } from "./platform.js";

/** A page that was just left may still hold its lock when the next one starts. */
const SECOND_LOOK_MS = 3000;
/** Whoever has not left by then stays: it was a download, or the visitor was asked. */
const STAYS_MS = 10_000;
/** Without Web Locks nobody knows who lives: events that wait for so long are taken over. */
const ORPHAN_MS = 60_000;

/**
 * Ties delivery to the life of the page: hidden, left, frozen, back, offline, online. Gives a
 * function that says whether the page is being left.
 *
 * Each tab holds a Web Lock of its name (`prefix` + tab) while it lives, and the browser lets go
 * of it when the tab is gone, crashed or not. Who can take a lock at once knows that its tab is
 * dead, and takes over its events.
 */
export function followPage(
  { locks, now, after }: Platform,
  outbox: Outbox,
  delivery: Delivery,
  prefix: string,
  tab: string,
): () => boolean {
  let left = false;
  let release: (() => void) | undefined;
  const leaving = (): boolean => left || document.visibilityState === "hidden";

  async function adopt(): Promise<void> {
    for (const other of outbox.tabs()) {
      if (other === tab) continue;
      if (!locks) outbox.adopt(other, now() - ORPHAN_MS);
      await locks
        ?.request(
          prefix + other,
          { ifAvailable: true },
          (lock) => lock && outbox.adopt(other, Infinity),
        )
        .catch(nothing);
    }
    // Sent at once, so that the answer comes while this page lives: else a visitor who clicks
    // through quickly would carry, and send, ever more from page to page.
    await delivery.flush();
  }

  function arrive(): void {
    if (!release) {
      const held = new Promise<void>((resolve) => (release = resolve));
      locks?.request(prefix + tab, () => held).catch(nothing);
    }
    void adopt();
  }

  function follow({ type, persisted }: Event & { persisted?: boolean }): void {
    if (type === "beforeunload" || type === "pagehide") {
      // The page may be frozen from here on: its events must not wait until it is back. Firefox
      // decides before the page unloads what it keeps to come back to: no page with a lock.
      release?.();
      release = undefined;
    }
    if (type === "beforeunload") return void after(arrive, STAYS_MS);
    left = type === "pagehide" || type === "freeze";
    // Mobile systems kill hidden pages without another word: hidden is the moment to send.
    if (leaving()) delivery.leave();
    else {
      delivery.resume(persisted);
      arrive();
    }
  }

  // While it is caught, `freeze`, which does not bubble, passes the window as well.
  for (const type of [
    "visibilitychange",
    "beforeunload",
    "pagehide",
    "freeze",
    "pageshow",
    "online",
  ]) {
    addEventListener(type, follow, true);
  }
  after(arrive, 0);
  after(adopt, SECOND_LOOK_MS);
  return leaving;
}

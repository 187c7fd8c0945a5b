import type { Delivery } from "./delivery.js";
import type { Outbox } from "./outbox.js";

/** A page that was just left may still hold its lock when the next one starts. */
const SECOND_LOOK_MS = 3000;
/** Whoever has not left by then stays: it was a download, or the visitor was asked. */
const STAYS_MS = 10_000;
/** Without Web Locks nobody knows who lives: events that wait for so long are taken over. */
const ORPHAN_MS = 60_000;

export interface LifecycleParts {
  outbox: Outbox;
  delivery: Delivery;
  locks: LockManager | undefined;
  /** Name of this tab's lock, without the tab. */
  prefix: string;
  tab: string;
  now: () => number;
  after: (ms: number, run: () => void) => unknown;
}

/**
 * Ties delivery to the life of the page: hidden, left, frozen, back, offline, online. Gives a
 * function that says whether the page is being left.
 *
 * Each tab holds a Web Lock of its name while it lives, and the browser lets go of it when the
 * tab is gone, crashed or not. Who can take a lock at once knows that its tab is dead, and takes
 * over its events.
 */
export function followPage(parts: LifecycleParts): () => boolean {
  const { outbox, delivery, locks, prefix, tab, now, after } = parts;
  let left = false;
  let release: (() => void) | undefined;
  const leaving = (): boolean => left || document.visibilityState === "hidden";

  async function adopt(): Promise<void> {
    let adopted = false;
    for (const other of outbox.others()) {
      if (locks) {
        await locks.request(prefix + other, { ifAvailable: true }, (lock) => {
          if (lock) adopted = outbox.adopt(other, Infinity) || adopted;
        });
      } else adopted = outbox.adopt(other, now() - ORPHAN_MS) || adopted;
    }
    // Sent at once, so that the answer comes while this page lives: else a visitor who clicks
    // through quickly would carry, and send, ever more from page to page.
    if (adopted) await delivery.flush();
  }

  function look(): void {
    adopt().catch(() => undefined);
  }

  function arrive(): void {
    if (!release) {
      const held = new Promise<void>((resolve) => (release = resolve));
      locks?.request(prefix + tab, () => held).catch(() => undefined);
    }
    look();
  }

  function letGo(): void {
    release?.();
    release = undefined;
  }

  function follow({ type, persisted }: Event & { persisted?: boolean }): void {
    if (type === "beforeunload") {
      // Firefox decides here what it keeps to come back to, and keeps no page that holds a lock.
      letGo();
      after(STAYS_MS, () => left || arrive());
      return;
    }
    left = type === "pagehide" || type === "freeze";
    // Mobile systems kill hidden pages without another word: hidden is the moment to send.
    if (leaving()) delivery.leave();
    else {
      delivery.resume(persisted);
      arrive();
    }
    // The page may be frozen from here on: its events must not wait until it is back.
    if (type === "pagehide") letGo();
  }

  // While it is caught, `freeze`, which does not bubble, passes the window as well.
  for (const type of [
    "visibilitychange",
    "beforeunload",
    "pagehide",
    "freeze",
    "resume",
    "pageshow",
    "online",
  ]) {
    addEventListener(type, follow, true);
  }
  arrive();
  after(SECOND_LOOK_MS, look);
  return leaving;
}

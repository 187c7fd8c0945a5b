import type { Outbox } from "./outbox.js";
import { timeOf } from "./uuid.js";

/** Without Web Locks nobody knows who lives: events that wait for so long are taken over. */
const ORPHAN_MS = 60_000;

export interface Tabs {
  /** Says that this tab is alive, for as long as it is. */
  hold(): void;
  /** The page may be frozen from here on: its events must not wait until it is back. */
  release(): void;
  /** Takes over what dead tabs left behind; resolves with how many events. */
  adopt(): Promise<number>;
}

/**
 * Each tab holds a Web Lock of its name while it lives, and the browser lets go of it when the
 * tab is gone, crashed or not. Who can take a lock at once knows that its tab is dead.
 */
export function createTabs(
  outbox: Outbox,
  locks: LockManager | undefined,
  prefix: string,
  tab: string,
  now: () => number,
): Tabs {
  let release: (() => void) | undefined;
  return {
    hold() {
      if (!locks || release) return;
      const held = new Promise<void>((resolve) => (release = resolve));
      locks.request(prefix + tab, () => held).catch(() => undefined);
    },
    release() {
      release?.();
      release = undefined;
    },
    async adopt() {
      let adopted = 0;
      for (const other of outbox.otherTabs()) {
        if (!locks) {
          adopted += outbox.adopt(other, (id) => now() - timeOf(id) > ORPHAN_MS);
          continue;
        }
        await locks
          .request(prefix + other, { ifAvailable: true }, (lock) => {
            if (lock) adopted += outbox.adopt(other);
          })
          .catch(() => undefined);
      }
      return adopted;
    },
  };
}

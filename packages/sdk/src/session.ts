import { createCell, fieldsOf, isTexts } from "./cell.js";
import type { Store } from "./storage.js";
import { isUuid } from "./uuid.js";
import type { Campaign } from "./wire.js";

/** A session ends after 30 minutes without an event… */
export const IDLE_MS = 30 * 60_000;
/** …and after 24 hours in any case. */
export const LONGEST_MS = 24 * 3_600_000;

export interface Session {
  id: string;
  startedAt: number;
  lastAt: number;
  /** The campaign that brought the visitor, for as long as the session lasts. */
  campaign?: Campaign;
}

export interface Sessions {
  /** The session of an event at `at` (epoch milliseconds): the running one, or a new one. */
  touch(at: number, campaign?: Campaign): Session;
  /** Goes on with a session that began elsewhere. */
  adopt(id: string, at: number): void;
  reset(): void;
}

/** The session is shared by all tabs through the store. */
export function createSessions(store: Store, key: string, uuid: () => string): Sessions {
  const cell = createCell(store, key, isSession);
  return {
    touch(at, campaign) {
      const running = cell.get();
      const session: Session =
        running && lasts(running, at)
          ? { ...running, lastAt: Math.max(running.lastAt, at) }
          : { id: uuid(), startedAt: at, lastAt: at };
      if (campaign) session.campaign = campaign;
      cell.set(session);
      return session;
    },
    adopt(id, at) {
      if (cell.get()?.id !== id) cell.set({ id, startedAt: at, lastAt: at });
    },
    reset: () => cell.clear(),
  };
}

/** Distances both ways: a clock that was set back must not keep a session alive for years. */
function lasts(session: Session, at: number): boolean {
  return Math.abs(at - session.lastAt) <= IDLE_MS && Math.abs(at - session.startedAt) <= LONGEST_MS;
}

function isSession(value: unknown): value is Session {
  const { id, startedAt, lastAt, campaign = {} } = fieldsOf(value) ?? {};
  return (
    isUuid(id) && typeof startedAt === "number" && typeof lastAt === "number" && isTexts(campaign)
  );
}

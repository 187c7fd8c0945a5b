import { parse, type Store } from "./storage.js";
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

/**
 * The session of an event at `at` (epoch milliseconds): the running one, or a new one. The store
 * shares it with all tabs.
 */
export function touchSession(
  store: Store,
  key: string,
  at: number,
  uuid: () => string,
  campaign?: Campaign,
): Session {
  const running = parse(store.get(key));
  const session: Session =
    isSession(running) && lasts(running, at) ? running : { id: uuid(), startedAt: at, lastAt: at };
  session.lastAt = Math.max(session.lastAt, at);
  if (campaign) session.campaign = campaign;
  store.set(key, JSON.stringify(session));
  return session;
}

/** Distances both ways: a clock that was set back must not keep a session alive for years. */
function lasts(session: Session, at: number): boolean {
  return Math.abs(at - session.lastAt) <= IDLE_MS && Math.abs(at - session.startedAt) <= LONGEST_MS;
}

/** What is no number lasts not, since nothing compares with it. */
function isSession(value: { [field: string]: unknown }): value is typeof value & Session {
  return isUuid(value["id"]);
}

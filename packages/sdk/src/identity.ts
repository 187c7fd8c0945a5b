import type { Cell } from "./cell.js";
import { COOKIE_SECONDS } from "./cookie.js";
import { parse } from "./storage.js";
import { isUuid, timeOf } from "./uuid.js";
import type { Campaign } from "./wire.js";

export interface Person {
  anonymousId: string;
  userId?: string;
  accountId?: string;
  /** Where they came from when they were first seen. */
  firstTouch?: Campaign & { referrer?: string };
}

export interface Identity {
  /** The person of now; one who is not known yet is `known` of. */
  get(known?: Omit<Person, "anonymousId">): Person;
  /** Keeps who the person is, until `reset()`. */
  set(person: Person): void;
  /** Forgets user and account, keeps the anonymousId. */
  forget(): void;
  /** The next event belongs to somebody new. */
  reset(): void;
}

/**
 * Read from the store at every event, so that a login in one tab holds in all of them. `id`
 * keeps the anonymousId alone, so that nothing else can be in a cookie.
 */
export function createIdentity(
  id: Cell,
  details: Cell,
  now: () => number,
  uuid: () => string,
): Identity {
  function set(person: Person): void {
    id.set(person.anonymousId);
    details.set(JSON.stringify(person));
  }
  return {
    get(known) {
      const anonymousId = id.get();
      if (isUuid(anonymousId) && !isOld(anonymousId, now())) {
        const stored = parse(details.get());
        // What was known of somebody else, who logged out on another subdomain, is not theirs.
        return { ...(stored["anonymousId"] === anonymousId && stored), anonymousId };
      }
      const person = { ...known, anonymousId: uuid() };
      set(person);
      return person;
    },
    set,
    forget() {
      const { userId, accountId, ...person } = parse(details.get());
      if (userId ?? accountId) details.set(JSON.stringify(person));
    },
    reset() {
      id.set(null);
      details.set(null);
    },
  };
}

/**
 * Thirteen months from the first visit on, which later visits do not extend. Distances both
 * ways, for clocks that were wrong. Only version 7 tells a time: others come from an app, which
 * answers for their life.
 */
function isOld(id: string, now: number): boolean {
  return id[14] === "7" && Math.abs(now - timeOf(id)) > COOKIE_SECONDS * 1000;
}

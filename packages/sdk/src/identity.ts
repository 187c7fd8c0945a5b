import { parse, type Store } from "./storage.js";
import { isUuid, timeOf } from "./uuid.js";
import type { Campaign } from "./wire.js";

/** Thirteen months: the longest life that the CNIL grants to an audience-measurement cookie. */
export const PERSON_SECONDS = 395 * 86_400;

export interface Person {
  anonymousId: string;
  userId?: string;
  accountId?: string;
  /** Where they came from when they were first seen. */
  firstTouch?: Campaign & { referrer?: string };
}

export interface Identity {
  get(): Person;
  /** Keeps who the person is, until `reset()`. */
  set(person: Person): void;
}

/**
 * Read from the store at every event, so that a login in one tab holds in all of them. `shared`
 * keeps the anonymousId alone, so that nothing else can be in a cookie. Who is not known yet
 * came by `firstTouch`.
 */
export function createIdentity(
  shared: Store,
  key: string,
  store: Store,
  details: string,
  firstTouch: Person["firstTouch"],
  now: () => number,
  uuid: () => string,
): Identity {
  function set(person: Person): void {
    shared.set(key, person.anonymousId);
    store.set(details, JSON.stringify(person));
  }
  return {
    get() {
      const known = shared.get(key);
      const anonymousId = isUuid(known) && !isOld(known, now()) ? known : uuid();
      const person = parse(store.get(details));
      // What was known of somebody else, who logged out on another subdomain, is not theirs.
      if (person["anonymousId"] === anonymousId) return { ...person, anonymousId };
      const found: Person = { anonymousId, ...(known !== anonymousId && { firstTouch }) };
      set(found);
      return found;
    },
    set,
  };
}

/**
 * Thirteen months from the first visit on, which later visits do not extend. Distances both
 * ways, for clocks that were wrong. Only version 7 tells a time: others come from an app, which
 * answers for their life.
 */
function isOld(id: string, now: number): boolean {
  return id[14] === "7" && Math.abs(now - timeOf(id)) > PERSON_SECONDS * 1000;
}

import { type Cell, createCell, fieldsOf, isTexts } from "./cell.js";
import { COOKIE_SECONDS } from "./cookie.js";
import type { Store } from "./storage.js";
import { isUuid } from "./uuid.js";

export interface Person {
  anonymousId: string;
  /** When the anonymousId was made, epoch milliseconds. */
  since: number;
  userId?: string;
  accountId?: string;
}

export interface Identity {
  get(): Person;
  /** Keeps who the person is until `reset()`; fields that are left out stay as they were. */
  know(known: Partial<Person>): void;
  /** Forgets user and account, keeps the anonymousId. */
  forget(): void;
  /** The next event belongs to somebody new. */
  reset(): void;
}

interface IdentityParts {
  store: Store;
  key: string;
  now: () => number;
  uuid: () => string;
}

/** Read from the store at every event, so that a login in one tab holds in all of them. */
export function createIdentity({ store, key, now, uuid }: IdentityParts): Identity {
  const cell: Cell<Person> = createCell(store, key, isPerson);
  function get(): Person {
    const known = cell.get();
    // A life from the first visit on, which later visits do not extend.
    if (known && now() - known.since < COOKIE_SECONDS * 1000) return known;
    const person: Person = { ...known, anonymousId: uuid(), since: now() };
    cell.set(person);
    return person;
  }
  return {
    get,
    know: (known) => cell.set({ ...get(), ...known }),
    forget() {
      const { anonymousId, since, userId, accountId } = get();
      if (userId !== undefined || accountId !== undefined) cell.set({ anonymousId, since });
    },
    reset: () => cell.clear(),
  };
}

function isPerson(value: unknown): value is Person {
  const { anonymousId, since, userId = "", accountId = "" } = fieldsOf(value) ?? {};
  return isUuid(anonymousId) && typeof since === "number" && isTexts({ userId, accountId });
}

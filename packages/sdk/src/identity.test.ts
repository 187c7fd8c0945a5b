import { expect, test } from "vitest";
import { createIdentity, type Person } from "./identity.js";
import type { Store } from "./storage.js";
import { fakeClock } from "./testing/fake-clock.js";
import { memoryStore } from "./testing/memory-store.js";
import { createUuid } from "./uuid.js";

function setUp(store: Store = memoryStore()) {
  const clock = fakeClock();
  const uuid = createUuid(clock.now);
  const tab = (firstTouch?: Person["firstTouch"]) => {
    const identity = createIdentity(store, "person", store, "details", firstTouch, clock.now, uuid);
    const know = (known: Partial<Person>) => identity.set({ ...identity.get(), ...known });
    return { ...identity, know };
  };
  return { clock, store, tab };
}

test("a browser keeps its anonymousId over pages and tabs", () => {
  const { tab } = setUp();
  expect(tab().get().anonymousId).toBe(tab().get().anonymousId);
});

test("a login in one tab holds in the other", () => {
  const { tab } = setUp();
  const other = tab();
  other.get();
  tab().know({ userId: "u1" });
  tab().know({ accountId: "a1" });
  expect(other.get()).toMatchObject({ userId: "u1", accountId: "a1" });
});

test("an anonymousId lives for thirteen months, later visits do not extend it", () => {
  const { clock, tab } = setUp();
  const { anonymousId } = tab().get();
  clock.set(clock.now() + 394 * 86_400_000);
  expect(tab().get().anonymousId).toBe(anonymousId);
  clock.set(clock.now() + 2 * 86_400_000);
  expect(tab().get().anonymousId).not.toBe(anonymousId);
});

test("beside the anonymousId nothing is kept where a cookie may be", () => {
  const { store, tab } = setUp();
  tab().know({ userId: "u1" });
  expect(store.get("person")).toBe(tab().get().anonymousId);
});

test("who logged out on another subdomain is not known here any more", () => {
  const { store, tab } = setUp();
  tab().know({ userId: "u1" });
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  store.set("person", id);
  // An app's or another subdomain's, of which nothing is known here.
  expect(tab().get()).not.toHaveProperty("userId");
});

test("how a person came is kept from the first time", () => {
  const { tab } = setUp();
  tab({ source: "letter" }).get();
  expect(tab({ source: "later" }).get().firstTouch).toEqual({ source: "letter" });
});

test("an id of another version than 7 tells no time, and lives as its app wants", () => {
  const { store, tab } = setUp();
  store.set("person", "f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
  expect(tab().get().anonymousId).toBe("f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
});

import { expect, test } from "vitest";
import { createIdentity } from "./identity.js";
import { memoryStore, type Store } from "./storage.js";
import { fakeClock } from "./testing/fake-clock.js";
import { createUuid } from "./uuid.js";

function setUp(store: Store = memoryStore()) {
  const clock = fakeClock();
  const uuid = createUuid(clock.now, (bytes) => crypto.getRandomValues(bytes));
  const tab = () => createIdentity({ store, key: "person", now: clock.now, uuid });
  return { clock, tab };
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

test("reset makes somebody new", () => {
  const { tab } = setUp();
  const identity = tab();
  const { anonymousId } = identity.get();
  identity.know({ userId: "u1" });
  identity.reset();
  expect(identity.get().anonymousId).not.toBe(anonymousId);
  expect(identity.get().userId).toBeUndefined();
});

test("an anonymousId lives for thirteen months, later visits do not extend it", () => {
  const { clock, tab } = setUp();
  const { anonymousId } = tab().get();
  clock.set(clock.now() + 394 * 86_400_000);
  expect(tab().get().anonymousId).toBe(anonymousId);
  clock.set(clock.now() + 2 * 86_400_000);
  expect(tab().get().anonymousId).not.toBe(anonymousId);
});

test("without storage the page still knows its visitor", () => {
  const { tab } = setUp({ ...memoryStore(), set: () => false });
  const identity = tab();
  identity.know({ userId: "u1" });
  expect(identity.get()).toEqual(identity.get());
  expect(identity.get().userId).toBe("u1");
});

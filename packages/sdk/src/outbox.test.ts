import { expect, test } from "vitest";
import { createOutbox, MAX_BYTES, MAX_EVENTS } from "./outbox.js";
import type { Store } from "./storage.js";
import { memoryStore } from "./testing/memory-store.js";
import { createUuid, timeOf } from "./uuid.js";

const uuid = createUuid(Date.now);
const event = (id: string) => JSON.stringify({ id, name: "e" });

const outbox = (store: Store, tab = "t1") => createOutbox(store, "o.key.", tab);

const idsOf = (box: { entries(): Iterable<{ id: string }> }) =>
  [...box.entries()].map((entry) => entry.id);

test("an event is in the store when add returns, and gone when removed", () => {
  const store = memoryStore();
  const box = outbox(store);
  const id = uuid();
  box.add(id, event(id));
  expect(store.get(`o.key.t1.${id}`)).toBe(event(id));
  box.remove(id);
  expect(store.keys()).toEqual([]);
  expect(idsOf(box)).toEqual([]);
});

test("past the bound of events the oldest go, and are counted once", () => {
  const store = memoryStore();
  const box = outbox(store);
  const ids = Array.from({ length: MAX_EVENTS + 2 }, uuid);
  for (const id of ids) box.add(id, event(id));
  expect(idsOf(box)).toEqual(ids.slice(2));
  expect(store.keys().filter((key) => key.startsWith("o.key.t1."))).toHaveLength(MAX_EVENTS);
  expect([outbox(store, "t2").dropped(), box.dropped()]).toEqual([2, 0]);
});

test("past the bound of bytes the oldest go", () => {
  const box = outbox(memoryStore());
  const ids = [uuid(), uuid(), uuid(), uuid()];
  for (const id of ids) box.add(id, JSON.stringify({ id, pad: "é".repeat(MAX_BYTES / 5) }));
  expect(idsOf(box)).toEqual(ids.slice(-2));
});

test("the events of another tab are taken over under the own name", () => {
  const store = memoryStore();
  const id = uuid();
  outbox(store, "dead").add(id, event(id));
  const box = outbox(store, "alive");
  expect([...box.tabs()]).toEqual(["dead"]);
  box.adopt("dead", Infinity);
  expect(store.keys()).toEqual([`o.key.alive.${id}`]);
  expect(idsOf(box)).toEqual([id]);
});

test("what is no event in the store is cleared away, not sent", () => {
  const store = memoryStore();
  const id = uuid();
  store.set(`o.key.dead.${id}`, "{broken");
  const box = outbox(store);
  box.adopt("dead", Infinity);
  expect(idsOf(box)).toEqual([]);
  expect(store.keys()).toEqual([]);
});

test("the outbox of another site stays untouched", () => {
  const store = memoryStore();
  store.set(`o.other.t9.${uuid()}`, "{}");
  const box = outbox(store);
  expect([...box.tabs()]).toEqual([]);
  box.adopt("t9", Infinity);
  expect(store.keys()).toHaveLength(1);
});

test("a tab that comes back forgets what another has taken over", () => {
  const store = memoryStore();
  const box = outbox(store, "frozen");
  const id = uuid();
  box.add(id, event(id));
  outbox(store, "alive").adopt("frozen", Infinity);
  expect(idsOf(box)).toEqual([]);
});

test("what is younger than asked for stays with its tab", () => {
  const store = memoryStore();
  const id = uuid();
  outbox(store, "other").add(id, event(id));
  const box = outbox(store);
  box.adopt("other", timeOf(id));
  expect(idsOf(box)).toEqual([]);
  box.adopt("other", timeOf(id) + 1);
  expect(idsOf(box)).toEqual([id]);
});

import { expect, test, vi } from "vitest";
import { createOutbox } from "./outbox.js";
import { memoryStore, type Store } from "./storage.js";
import { createUuid } from "./uuid.js";

const uuid = createUuid(Date.now, (bytes) => crypto.getRandomValues(bytes));
const event = (id: string) => JSON.stringify({ id, name: "e" });

function outbox(store: Store, tab = "t1", bounds = { maxEvents: 100, maxBytes: 100_000 }) {
  const onDrop = vi.fn<(id: string) => void>();
  return { ...createOutbox({ store, prefix: "o.key.", tab, ...bounds, onDrop }), onDrop };
}

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

test("past the bound of events the oldest go, and each is told", () => {
  const store = memoryStore();
  const box = outbox(store, "t1", { maxEvents: 2, maxBytes: 100_000 });
  const ids = [uuid(), uuid(), uuid()];
  for (const id of ids) box.add(id, event(id));
  expect(idsOf(box)).toEqual(ids.slice(1));
  expect(store.keys()).toHaveLength(2);
  expect(box.onDrop.mock.calls).toEqual([[ids[0]]]);
});

test("past the bound of bytes the oldest go", () => {
  const box = outbox(memoryStore(), "t1", { maxEvents: 100, maxBytes: 150 });
  const ids = [uuid(), uuid(), uuid(), uuid()];
  for (const id of ids) box.add(id, event(id));
  expect(idsOf(box)).toEqual(ids.slice(-2));
});

test("when the store is full the event waits in memory", () => {
  const box = outbox({ ...memoryStore(), set: () => false });
  const id = uuid();
  box.add(id, event(id));
  box.refresh();
  expect(idsOf(box)).toEqual([id]);
});

test("the events of another tab are taken over under the own name", () => {
  const store = memoryStore();
  const id = uuid();
  outbox(store, "dead").add(id, event(id));
  const box = outbox(store, "alive");
  expect(box.otherTabs()).toEqual(["dead"]);
  expect(box.adopt("dead")).toBe(1);
  expect(store.keys()).toEqual([`o.key.alive.${id}`]);
  expect(idsOf(box)).toEqual([id]);
});

test("what is no event in the store is cleared away, not sent", () => {
  const store = memoryStore();
  const id = uuid();
  store.set(`o.key.dead.${id}`, "{broken");
  store.set("o.key.dead.no-uuid", '{"id":"no-uuid"}');
  const box = outbox(store);
  box.adopt("dead");
  expect(idsOf(box)).toEqual([]);
  expect(store.keys()).toEqual([]);
});

test("the outbox of another site stays untouched", () => {
  const store = memoryStore();
  store.set(`o.other.t9.${uuid()}`, "{}");
  const box = outbox(store);
  expect(box.otherTabs()).toEqual([]);
  box.clear();
  expect(store.keys()).toHaveLength(1);
});

test("a tab that comes back forgets what another has taken over", () => {
  const store = memoryStore();
  const box = outbox(store, "frozen");
  const id = uuid();
  box.add(id, event(id));
  outbox(store, "alive").adopt("frozen");
  box.refresh();
  expect(idsOf(box)).toEqual([]);
});

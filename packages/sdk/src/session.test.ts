import * as fc from "fast-check";
import { expect, test } from "vitest";
import { IDLE_MS, LONGEST_MS, touchSession } from "./session.js";
import type { Store } from "./storage.js";
import { memoryStore } from "./testing/memory-store.js";
import { createUuid } from "./uuid.js";
import type { Campaign } from "./wire.js";

const START = 1_700_000_000_000;
const MINUTE = 60_000;

function sessions(store: Store = memoryStore()) {
  const uuid = createUuid(() => START);
  return {
    touch: (at: number, campaign?: Campaign) => touchSession(store, "session", at, uuid, campaign),
  };
}

test("a session lasts while no pause is longer than 30 minutes", () => {
  const tab = sessions();
  const { id } = tab.touch(START);
  expect(tab.touch(START + 30 * MINUTE).id).toBe(id);
  expect(tab.touch(START + 60 * MINUTE).id).toBe(id);
  expect(tab.touch(START + 90 * MINUTE + 1).id).not.toBe(id);
});

test("a session ends after 24 hours even without a pause", () => {
  const tab = sessions();
  const { id } = tab.touch(START);
  let at = START;
  for (; at <= START + LONGEST_MS; at += 20 * MINUTE) expect(tab.touch(at).id).toBe(id);
  expect(tab.touch(at).id).not.toBe(id);
});

test("all tabs share the session", () => {
  const store = memoryStore();
  const { id } = sessions(store).touch(START);
  expect(sessions(store).touch(START + MINUTE).id).toBe(id);
});

test("a clock that was set back by a day starts a new session", () => {
  const tab = sessions();
  const { id } = tab.touch(START);
  expect(tab.touch(START - LONGEST_MS).id).not.toBe(id);
});

test("the campaign stays with the session and ends with it", () => {
  const tab = sessions();
  tab.touch(START, { source: "letter" });
  expect(tab.touch(START + MINUTE).campaign).toEqual({ source: "letter" });
  expect(tab.touch(START + MINUTE + IDLE_MS + 1).campaign).toBeUndefined();
});

test("what is no session in the store is replaced", () => {
  const store = memoryStore();
  for (const text of ["{", "null", '{"id":"1"}', '{"id":1,"startedAt":1,"lastAt":2}']) {
    store.set("session", text);
    expect(sessions(store).touch(START).startedAt).toBe(START);
  }
});

test("for any forward clock, the same session means a short pause and less than a day", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 45 * MINUTE }), { maxLength: 100 }), (steps) => {
      const tab = sessions();
      let at = START;
      let before = tab.touch(at);
      let startedAt = at;
      for (const step of steps) {
        at += step;
        const session = tab.touch(at);
        const shouldLast = step <= IDLE_MS && at - startedAt <= LONGEST_MS;
        expect(session.id === before.id).toBe(shouldLast);
        if (!shouldLast) startedAt = at;
        before = session;
      }
    }),
  );
});

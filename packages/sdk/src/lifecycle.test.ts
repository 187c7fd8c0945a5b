// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { followPage } from "./lifecycle.js";
import { createOutbox } from "./outbox.js";
import { fakeClock } from "./testing/fake-clock.js";
import { fakeLocks } from "./testing/fake-locks.js";
import { fakePlatform } from "./testing/fake-platform.js";
import { memoryStore } from "./testing/memory-store.js";
import { createUuid } from "./uuid.js";

/** Tabs of one browser; each has a window of its own, as far as it listens. */
function setUp(withLocks: boolean) {
  const store = memoryStore();
  const { locks, die } = fakeLocks();
  const clock = fakeClock();
  const uuid = createUuid(clock.now);
  const open = (tab: string) => {
    const outbox = createOutbox(store, "o.", tab);
    const calls: string[] = [];
    const heard: ((event: Event) => void)[] = [];
    const listen = vi.spyOn(globalThis, "addEventListener");
    listen.mockImplementation((_: string, run: unknown) => {
      if (typeof run === "function")
        heard.push((event) => void Reflect.apply(run, window, [event]));
    });
    const call = (name: string) => () => void calls.push(name);
    const delivery = {
      notice: call("notice"),
      // Of nothing it does nothing.
      flush: async () => void (outbox.entries()[0] && calls.push("flush")),
      leave: call("leave"),
      resume: call("resume"),
    };
    const { platform } = fakePlatform(store, clock);
    const held = withLocks ? locks : undefined;
    const leaving = followPage({ ...platform, locks: held }, outbox, delivery, "l.", tab);
    listen.mockRestore();
    return {
      calls,
      leaving,
      hear: (type: string) => heard[0]?.(new Event(type)),
      put() {
        const id = uuid();
        outbox.add(id, JSON.stringify({ id }));
      },
      size: () => [...outbox.entries()].length,
    };
  };
  return { open, die, clock };
}

test("the events of a living tab stay with it, those of a dead one are taken over and sent", async () => {
  const { open, die, clock } = setUp(true);
  open("first").put();
  const second = open("second");
  await clock.pass(3000);
  expect(second.size()).toBe(0);
  die("first");
  second.hear("online");
  await clock.pass(0);
  expect(second.size()).toBe(1);
  expect(second.calls).toEqual(["resume", "flush"]);
});

test("of several tabs that wake together one takes the events over", async () => {
  const { open, die, clock } = setUp(true);
  open("dead").put();
  await clock.pass(0);
  die("dead");
  const tabs = ["a", "b", "c"].map(open);
  await clock.pass(3000);
  expect(tabs.reduce((sum, tab) => sum + tab.size(), 0)).toBe(1);
});

test("a tab that may be frozen lets go, and holds on again when it is back", async () => {
  const { open, clock } = setUp(true);
  const frozen = open("frozen");
  frozen.put();
  frozen.hear("pagehide");
  await clock.pass(0);
  frozen.hear("pageshow");
  await clock.pass(0);
  const other = open("other");
  await clock.pass(3000);
  expect(other.size()).toBe(0);
  frozen.hear("pagehide");
  await clock.pass(0);
  other.hear("visibilitychange");
  await clock.pass(0);
  expect(other.size()).toBe(1);
});

test("a tab that is about to be left lets go, and holds on again when it stays", async () => {
  const { open, clock } = setUp(true);
  const staying = open("staying");
  staying.hear("beforeunload");
  await clock.pass(10_000);
  staying.put();
  const other = open("other");
  await clock.pass(3000);
  expect([staying.calls, other.size()]).toEqual([[], 0]);
  staying.hear("beforeunload");
  await clock.pass(0);
  other.hear("online");
  await clock.pass(0);
  expect(other.size()).toBe(1);
});

test("without Web Locks only what has waited for a minute is taken over", async () => {
  const { open, clock } = setUp(false);
  open("first").put();
  const second = open("second");
  await clock.pass(3000);
  expect(second.size()).toBe(0);
  clock.set(clock.now() + 60_000);
  second.hear("online");
  await clock.pass(0);
  expect(second.size()).toBe(1);
});

test.each(["pagehide", "freeze"])("at %s what waits is sent, until the page is back", (type) => {
  const { open } = setUp(true);
  const tab = open("tab");
  tab.hear(type);
  expect([tab.calls, tab.leaving()]).toEqual([["leave"], true]);
  tab.hear("pageshow");
  expect([tab.calls, tab.leaving()]).toEqual([["leave", "resume"], false]);
});

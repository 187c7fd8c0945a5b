import { expect, test } from "vitest";
import { createOutbox } from "./outbox.js";
import { memoryStore } from "./storage.js";
import { createTabs } from "./tabs.js";
import { settled } from "./testing/fake-clock.js";
import { fakeLocks } from "./testing/fake-locks.js";
import { createUuid } from "./uuid.js";

function setUp(withLocks: boolean) {
  const store = memoryStore();
  const { locks, die } = fakeLocks();
  let time = 1_700_000_000_000;
  const now = () => time;
  const uuid = createUuid(now, (bytes) => crypto.getRandomValues(bytes));
  const open = (tab: string) => {
    const outbox = createOutbox({
      store,
      prefix: "o.",
      tab,
      maxEvents: 10,
      maxBytes: 10_000,
      onDrop: () => undefined,
    });
    const tabs = createTabs(outbox, withLocks ? locks : undefined, "l.", tab, now);
    const put = () => {
      const id = uuid();
      outbox.add(id, JSON.stringify({ id }));
    };
    return { ...tabs, put, size: () => [...outbox.entries()].length };
  };
  return { open, die, pass: (ms: number) => void (time += ms) };
}

test("the events of a living tab stay with it, those of a dead one are taken over", async () => {
  const { open, die } = setUp(true);
  const first = open("first");
  first.hold();
  first.put();
  const second = open("second");
  second.hold();
  expect(await second.adopt()).toBe(0);
  die("first");
  await settled();
  expect(await second.adopt()).toBe(1);
  expect(second.size()).toBe(1);
});

test("of several tabs that wake together one takes the events over", async () => {
  const { open } = setUp(true);
  open("dead").put();
  const tabs = ["a", "b", "c"].map(open);
  for (const tab of tabs) tab.hold();
  await Promise.all(tabs.map((tab) => tab.adopt()));
  expect(tabs.reduce((total, tab) => total + tab.size(), 0)).toBe(1);
});

test("a tab that may be frozen lets go, and holds on again when it is back", async () => {
  const { open } = setUp(true);
  const frozen = open("frozen");
  const other = open("other");
  frozen.hold();
  frozen.put();
  frozen.release();
  await settled();
  frozen.hold();
  expect(await other.adopt()).toBe(0);
  frozen.release();
  await settled();
  expect(await other.adopt()).toBe(1);
});

test("without Web Locks only what has waited for a minute is taken over", async () => {
  const { open, pass } = setUp(false);
  open("first").put();
  const second = open("second");
  expect(await second.adopt()).toBe(0);
  pass(60_001);
  expect(await second.adopt()).toBe(1);
});

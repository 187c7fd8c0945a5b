// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
import { afterEach, expect, test, vi } from "vitest";
import { createDelivery } from "./delivery.js";
import type { LostEvent } from "./events.js";
import { createOutbox } from "./outbox.js";
import type { Platform } from "./platform.js";
import { fakeClock, settled } from "./testing/fake-clock.js";
import { fakeCollector } from "./testing/fake-collector.js";
import { fakePlatform } from "./testing/fake-platform.js";
import { memoryStore } from "./testing/memory-store.js";
import { createTransport, type Fetch } from "./transport.js";
import { createUuid } from "./uuid.js";

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, "onLine");
});

function setUp(
  parts: { keepalive?: boolean; fetch?: Fetch | undefined; pack?: Platform["pack"] } = {},
) {
  const { keepalive = true } = parts;
  const clock = fakeClock();
  const collector = fakeCollector();
  const store = memoryStore();
  const uuid = createUuid(clock.now);
  const outbox = createOutbox(store, "o.", "t");
  const onReject = vi.fn<(lost: LostEvent) => void>();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const beacon = (url: string, body: string) => collector.take(url, body, true) !== "down";
  Object.assign(navigator, { sendBeacon: beacon });
  const { platform } = fakePlatform(store, clock, collector);
  const { fetch = "fetch" in parts ? undefined : platform.fetch } = parts;
  const options = { key: "wk" };
  const url = "https://c.test/base/v1/batch";
  const send = createTransport(options, { ...platform, fetch, keepalive }, url);
  const { pack = platform.pack } = parts;
  const onAccept = () => undefined;
  const held = { ...platform, pack };
  const delivery = createDelivery(options, held, outbox, send, onAccept, onReject);
  const put = (bytes = 100) => {
    const id = uuid();
    delivery.notice(outbox.add(id, JSON.stringify({ id, name: "e", pad: "x".repeat(bytes) })));
    return id;
  };
  const waiting = () => [...outbox.entries()].map((entry) => entry.id);
  return { clock, collector, delivery, put, waiting, warn, onReject };
}

test("after a pause events go at once, those of one task as one text/plain batch", async () => {
  const { clock, collector, put, waiting } = setUp();
  const ids = [put(), put(), put()];
  expect(collector.posts).toHaveLength(0);
  await clock.pass(0);
  expect(collector.posts).toHaveLength(1);
  const [post] = collector.posts;
  expect(post?.url).toBe("https://c.test/base/v1/batch");
  expect(post?.batch).toMatchObject({ writeKey: "wk", sentAt: clock.now() });
  expect(post?.batch.events.map((event) => event.id)).toEqual(ids);
  expect(waiting()).toEqual([]);
});

test("what follows gathers until the delay has passed since", async () => {
  const { clock, collector, put } = setUp();
  put();
  await clock.pass(100);
  const ids = [put()];
  await clock.pass(800);
  ids.push(put());
  await clock.pass(99);
  expect(collector.posts).toHaveLength(1);
  await clock.pass(1);
  expect(collector.posts[1]?.batch.events.map((event) => event.id)).toEqual(ids);
});

test("a full batch does not wait for the delay", async () => {
  const { collector, put } = setUp();
  for (let n = 0; n < 10; n++) put(3000);
  await settled();
  expect(collector.accepted).toHaveLength(10);
});

test("keepalive requests under way never pass the 64 KiB that the page shares", () => {
  const { collector, delivery, put } = setUp();
  for (let n = 0; n < 40; n++) put(3000);
  delivery.leave();
  const kept = collector.posts.filter((post) => post.keepalive);
  expect(kept.reduce((bytes, post) => bytes + post.body.length, 0)).toBeLessThan(64 * 1024);
  expect(collector.ids().size).toBe(40);
});

test("leaving sends before it returns, and does not send twice what is under way", () => {
  const { collector, delivery, put } = setUp();
  const id = put();
  delivery.leave();
  delivery.leave();
  expect(collector.posts.map((post) => post.batch.events[0]?.id)).toEqual([id]);
});

test("leaving sends what was never sent before what failed", async () => {
  const { collector, delivery, put } = setUp();
  collector.behaviour = "down";
  for (let n = 0; n < 20; n++) put(3000);
  await settled();
  const last = put(3000);
  collector.posts.length = 0;
  delivery.leave();
  expect(collector.posts[0]?.batch.events[0]?.id).toBe(last);
});

test("without keepalive, leaving hands over to a beacon and asks again later", async () => {
  const { clock, collector, delivery, put, waiting } = setUp({ keepalive: false });
  const id = put();
  delivery.leave();
  delivery.leave();
  expect(collector.posts.map((post) => post.batch.events[0]?.id)).toEqual([id]);
  expect(waiting()).toEqual([id]);
  await clock.pass(2000);
  expect(collector.posts).toHaveLength(2);
  expect(collector.ids().size).toBe(1);
  expect(waiting()).toEqual([]);
});

test("an answer that was lost while the page was in the cache is not waited for", async () => {
  const { fetch } = fakeCollector();
  let lost = true;
  const { clock, delivery, put, waiting } = setUp({
    fetch: (url, init) => (lost ? new Promise(() => undefined) : fetch(url, init)),
  });
  put();
  delivery.leave();
  lost = false;
  delivery.resume();
  await clock.pass(60_000);
  expect(waiting()).toHaveLength(1);
  delivery.resume(true);
  await clock.pass(0);
  expect(waiting()).toEqual([]);
});

test("after failures the wait doubles, and nothing is thrown away", async () => {
  const { clock, collector, put, waiting } = setUp();
  collector.behaviour = "down";
  const id = put();
  const times: number[] = [];
  for (let second = 0; second < 40; second++) {
    const before = collector.posts.length;
    await clock.pass(1000);
    if (collector.posts.length > before) times.push(second);
  }
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(times.length).toBeGreaterThan(3);
  expect(gaps.every((gap, at) => gap >= (gaps[at - 1] ?? 0))).toBe(true);
  collector.behaviour = "accept";
  await clock.pass(600_000);
  expect(collector.ids()).toEqual(new Set([id]));
  expect(waiting()).toEqual([]);
});

test.each([429, 503])("a %i with Retry-After is obeyed, when leaving too", async (status) => {
  const { clock, collector, delivery, put } = setUp();
  collector.next = [{ status, retryAfter: "20" }];
  put();
  await clock.pass(0);
  put();
  delivery.leave();
  delivery.resume();
  await clock.pass(19_000);
  expect(collector.posts).toHaveLength(1);
  await clock.pass(2000);
  expect(collector.ids().size).toBe(2);
});

test("Retry-After may be a date", async () => {
  const { clock, collector, put } = setUp();
  const date = new Date(clock.now() + 31_000).toUTCString();
  collector.next = [{ status: 503, retryAfter: date }];
  put();
  await clock.pass(28_000);
  expect(collector.posts).toHaveLength(1);
  await clock.pass(5000);
  expect(collector.accepted).toHaveLength(1);
});

test("a 413 splits the batch until it passes; an event too large alone is told", async () => {
  const { clock, collector, put, waiting, onReject } = setUp();
  const ids = [put(), put(), put(), put()];
  collector.next = [{ status: 413 }, { status: 413 }, { status: 413 }];
  await clock.pass(1000);
  expect(collector.posts.slice(0, 3).map((post) => post.batch.events.length)).toEqual([4, 2, 1]);
  await clock.pass(10_000);
  const told = onReject.mock.calls.map(([lost]) => lost.id);
  expect(new Set([...collector.ids(), ...told])).toEqual(new Set(ids));
  expect(waiting()).toEqual([]);

  collector.next = [{ status: 413 }];
  const large = put();
  await clock.pass(1000);
  expect(onReject).toHaveBeenLastCalledWith(
    expect.objectContaining({ id: large, code: "event_too_large" }),
  );
});

test.each([401, 403])("a %i stops the tag, is told once, and keeps the events", async (status) => {
  const { clock, collector, delivery, put, waiting, warn } = setUp();
  collector.behaviour = { status };
  put();
  await clock.pass(1000);
  put();
  delivery.leave();
  await clock.pass(100_000);
  expect(collector.posts).toHaveLength(1);
  expect(warn.mock.calls).toEqual([["[balise]", expect.stringContaining(String(status))]]);
  expect(waiting()).toHaveLength(2);
});

test("offline nothing is tried; it goes when the network is back", async () => {
  const { clock, collector, delivery, put } = setUp();
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  put();
  await clock.pass(10_000);
  delivery.leave();
  expect(collector.posts).toHaveLength(0);
  Object.defineProperty(navigator, "onLine", { value: true, configurable: true });
  delivery.resume();
  await clock.pass(0);
  expect(collector.accepted).toHaveLength(1);
});

test("a rejected event leaves the outbox and its reason is told, its neighbour is accepted", async () => {
  const { clock, collector, put, waiting, onReject } = setUp();
  const bad = put();
  put();
  collector.reject = (event) => (event.id === bad ? "no good" : undefined);
  await clock.pass(1000);
  expect(onReject.mock.calls).toEqual([[{ id: bad, code: "invalid_field", message: "no good" }]]);
  expect(waiting()).toEqual([]);
});

test.each([200, 400, 404, 500])("a %i is no acknowledgement: the event stays", async (status) => {
  const { clock, collector, put, waiting } = setUp();
  collector.next = [{ status }];
  const id = put();
  await clock.pass(0);
  expect(waiting()).toEqual([id]);
  await clock.pass(5000);
  expect(collector.ids()).toEqual(new Set([id]));
});

test("flush resolves when the events were answered, or when they have to wait", async () => {
  const { collector, delivery, put, waiting } = setUp();
  put();
  await delivery.flush();
  expect(waiting()).toEqual([]);
  collector.behaviour = "down";
  put();
  await delivery.flush();
  expect(waiting()).toHaveLength(1);
});

test("what is being packed when the page is left goes as it is, once", async () => {
  let packed = (): void => undefined;
  const pack = (text: string) => new Promise<string>((resolve) => (packed = () => resolve(text)));
  const { clock, collector, delivery, put, waiting } = setUp({ pack });
  const id = put(3000);
  await clock.pass(0);
  expect(collector.posts).toHaveLength(0);
  delivery.leave();
  expect(collector.posts.map((post) => post.batch.events[0]?.id)).toEqual([id]);
  packed();
  await settled();
  expect(collector.posts).toHaveLength(1);
  expect(waiting()).toEqual([]);
  put();
  await clock.pass(1000);
  expect(collector.posts).toHaveLength(2);
});

test("what gathers is packed when nothing hurries, and never while the page is left", async () => {
  const { clock, collector, delivery, put } = setUp();
  const large = put(3000);
  await clock.pass(1000);
  const left = put(3000);
  delivery.leave();
  put();
  await clock.pass(1000);
  expect(collector.packed.map((body) => [large, left].map((id) => body.includes(id)))).toEqual([
    [true, false],
  ]);
});

test("requests that outlive the page leave half of their room while it lives", () => {
  const { collector, delivery, put } = setUp();
  for (let n = 0; n < 32; n++) put(3000);
  const before = collector.posts.length;
  expect(collector.posts.filter((post) => post.keepalive)).toHaveLength(1);
  delivery.leave();
  expect(collector.posts.slice(before).some((post) => post.keepalive)).toBe(true);
  expect(collector.ids().size).toBe(32);
});

test("a collector that seems blocked is asked again every ten minutes", async () => {
  const { clock, collector, put } = setUp();
  collector.behaviour = "down";
  put();
  await clock.pass(300_000);
  const before = collector.posts.length;
  await clock.pass(3_600_000);
  const asked = collector.posts.length - before;
  expect(asked).toBeGreaterThan(4);
  expect(asked).toBeLessThan(13);
});

test("where beacons are all there is, what they take counts as answered for", async () => {
  const { clock, collector, put, waiting } = setUp({ keepalive: false, fetch: undefined });
  const id = put();
  await clock.pass(1000);
  expect(collector.ids()).toEqual(new Set([id]));
  expect(waiting()).toEqual([]);
});

test("after a long wait new events do not wait for its end", async () => {
  const { clock, collector, delivery, put } = setUp();
  collector.behaviour = "down";
  put();
  await clock.pass(60_000);
  collector.behaviour = "accept";
  delivery.resume();
  await settled();
  const late = put();
  await clock.pass(1000);
  expect(collector.ids()).toContain(late);
});

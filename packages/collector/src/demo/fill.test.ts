import { afterEach, beforeEach, expect, test } from "vitest";
import { recordedSleep, startCollector } from "../sender/testing/collector.js";
import { fillDemo, type FillProgress } from "./fill.js";
import { generateVisits } from "./visits.js";

const made = { seed: 3, visitors: 300, days: 30, now: Date.UTC(2026, 9, 15, 12) };
const visits = [...generateVisits(made)];
const expected = visits.flatMap((visit) => visit.events.map(({ id }) => id));
const contacts = visits.flatMap((visit) => visit.imported.map(({ id }) => id));

let collector: Awaited<ReturnType<typeof startCollector>>;
let options: Parameters<typeof fillDemo>[0];

beforeEach(async () => {
  collector = await startCollector();
  const { sleep } = recordedSleep();
  options = { ...made, url: collector.url, writeKey: "write", secretKey: "secret", sleep };
});
afterEach(() => collector.stop());

test("every event arrives once, contacts by the import", async () => {
  const filled = await fillDemo(options);
  expect(collector.ids().toSorted()).toEqual([...expected, ...contacts].toSorted());
  const people = new Set(visits.map((visit) => visit.visitor)).size;
  expect(filled).toEqual({ events: expected.length + contacts.length, people });
  const imported = collector.kept.filter(({ path }) => path === "/v1/import");
  expect(imported.flatMap(({ events }) => events.map(({ id }) => id)).toSorted()).toEqual(
    contacts.toSorted(),
  );
  expect(imported.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret"]);
});

test("each event travels under the User-Agent of its visitor, sent now", async () => {
  const agents = new Map(
    visits.flatMap((visit) => visit.events.map(({ id }) => [id, visit.userAgent] as const)),
  );
  const before = Date.now();
  await fillDemo(options);
  for (const { path, headers, sentAt, events } of collector.kept) {
    expect(events.length).toBeLessThanOrEqual(200);
    if (path !== "/v1/batch") continue;
    expect(sentAt).toBeGreaterThanOrEqual(before);
    expect(sentAt).toBeLessThanOrEqual(Date.now());
    for (const { id } of events) expect(agents.get(id)).toBe(headers["user-agent"]);
  }
});

test("without a secret key, contacts are left out", async () => {
  await fillDemo({ ...options, secretKey: undefined });
  expect(collector.ids().toSorted()).toEqual(expected.toSorted());
});

test("busy answers and broken connections lose nothing", async () => {
  const troubles = [{ status: 503 }, "reset", "lost", { status: 429 }, "lost"] as const;
  collector.answer = (_, number) => troubles[number * 2];
  await fillDemo(options);
  expect(new Set(collector.ids())).toEqual(new Set([...expected, ...contacts]));
});

test("several requests are under way at once, eight at most", async () => {
  collector.delay = 5;
  await fillDemo(options);
  expect(collector.mostInFlight).toBeGreaterThan(2);
  expect(collector.mostInFlight).toBeLessThanOrEqual(8);
});

test("a refused key ends it with the collector's words", async () => {
  const error = { code: "unknown_key", message: "no site has the write key" };
  collector.answer = () => ({ status: 401, body: { error } });
  await expect(fillDemo(options)).rejects.toThrow("401: no site has the write key");
  expect(collector.requests.length).toBeLessThanOrEqual(8);
});

test("one refused request among many ends it too", async () => {
  collector.delay = 2;
  const error = { code: "too_large", message: "the body is too large" };
  collector.answer = (_, number) => (number === 9 ? { status: 413, body: { error } } : undefined);
  await expect(fillDemo(options)).rejects.toThrow("413: the body is too large");
});

test("an event that the collector does not take ends it", async () => {
  const rejected = [{ index: 0, id: null, code: "invalid_field", message: "value: too odd" }];
  collector.answer = ({ events }) => ({
    status: 202,
    body: { accepted: events.length - 1, rejected },
  });
  await expect(fillDemo(options)).rejects.toThrow("value: too odd");
});

test("an abort ends it", async () => {
  const stop = new AbortController();
  collector.answer = () => {
    stop.abort(new Error("enough"));
    return undefined;
  };
  await expect(fillDemo({ ...options, signal: stop.signal })).rejects.toThrow("enough");
  expect(collector.ids().length).toBeLessThan(expected.length);
});

test("progress counts up to all events and all visitors", async () => {
  const seen: FillProgress[] = [];
  await fillDemo({ ...options, onProgress: (progress) => void seen.push(progress) });
  expect(seen.map(({ events }) => events)).toEqual(
    seen.map(({ events }) => events).toSorted((a, b) => a - b),
  );
  expect(seen.at(-1)).toMatchObject({
    events: expected.length + contacts.length,
    totalVisitors: 300,
  });
});

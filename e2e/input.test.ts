import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { type BatchAnswer, ERRORS, type ErrorAnswer, type ErrorCode } from "@balise/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postBatch, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { makeFolder } from "./support/folder.js";
import { batchRequest, head, sendRaw, whenClosed } from "./support/raw.js";

const folder = makeFolder();
/** Ids of which the collector said that it has accepted them. */
const kept = new Set<string>();
let collector: Collector;

beforeAll(async () => {
  collector = await startCollector(folder.path);
});
afterAll(async () => {
  await collector?.end("SIGKILL");
  folder.remove();
});

const batch = (events: unknown): string =>
  JSON.stringify({ writeKey: collector.keys.writeKey, sentAt: Date.now(), events });

const refused: [string, ErrorCode, () => (string | Buffer)[]][] = [
  ["no JSON", "malformed_json", () => batchRequest('{"events": [}')],
  ["an empty body", "malformed_json", () => batchRequest("")],
  ["JSON of another shape", "invalid_body", () => batchRequest('["events"]')],
  ["events that are no array", "invalid_body", () => batchRequest(batch({ 0: {} }))],
  ["a key that is a number", "invalid_body", () => batchRequest('{"writeKey":1,"events":[]}')],
  ["no key", "unknown_key", () => batchRequest('{"events":[]}')],
  ["an unknown key", "unknown_key", () => batchRequest('{"writeKey":"bw_nobody","events":[]}')],
  [
    "the secret key in place of the write key",
    "unknown_key",
    () => batchRequest(JSON.stringify({ writeKey: collector.keys.secretKey, events: [] })),
  ],
  [
    "10,000 events",
    "too_many_events",
    () => batchRequest(batch(Array.from({ length: 10_000 }, () => makeEvent()))),
  ],
  ["a length of 3 MB", "too_large", () => [head("/v1/batch", { "content-length": 3_000_000 })]],
  [
    "64 MB in 64 KB of gzip",
    "too_large_decompressed",
    () => batchRequest(gzipSync(Buffer.alloc(64 * 1024 * 1024)), { "content-encoding": "gzip" }),
  ],
  [
    "gzip that is none",
    "invalid_encoding",
    () => batchRequest(batch([]), { "content-encoding": "gzip" }),
  ],
  [
    "gzip that ends too early",
    "invalid_encoding",
    () => batchRequest(gzipSync(batch([])).subarray(0, -9), { "content-encoding": "gzip" }),
  ],
  [
    "an unknown encoding",
    "unsupported_media_type",
    () => batchRequest(batch([]), { "content-encoding": "br" }),
  ],
  [
    "an unknown type",
    "unsupported_media_type",
    () => batchRequest(batch([]), { "content-type": "application/xml" }),
  ],
  ["an unknown address", "not_found", () => [head("/v1/bath", { "content-length": 2 }), "{}"]],
];

test.each(refused)("%s is answered with %s", async (_what, code, request) => {
  const { status, body } = await sendRaw(collector.url, ...request());
  expect(status).toBe(ERRORS[code].status);
  const { error } = JSON.parse(body) as ErrorAnswer;
  expect(error.code).toBe(code);
  expect(error.message.length).toBeGreaterThan(10);
  expect(error.message).not.toContain(collector.keys.secretKey);
});

test.each([
  ["a length that is no number", { "content-length": "many" }],
  ["a negative length", { "content-length": -1 }],
  ["a length shorter than the body", { "content-length": 20 }],
  ["two lengths", { "content-length": "2\r\ncontent-length: 3" }],
  ["a length beside chunks", { "transfer-encoding": "chunked" }],
  ["a header with a line break in it", { "x-odd": "a\nb c" }],
])("%s is answered with 400", async (_what, headers) => {
  const answer = await sendRaw(collector.url, ...batchRequest(batch([makeEvent()]), headers));
  expect(answer.status).toBe(400);
});

const odd: [string, object][] = [
  ["invalid_id", { id: "42" }],
  ["invalid_id", { id: `${randomUUID()}0` }],
  ["missing_field", { id: undefined }],
  ["invalid_name", { name: "page\u0000view" }],
  ["invalid_name", { name: "\u001b[2J" }],
  ["invalid_name", { name: "x".repeat(129) }],
  ["time_out_of_range", { occurredAt: 0 }],
  ["time_out_of_range", { occurredAt: Date.UTC(1970, 5) }],
  ["time_out_of_range", { occurredAt: Date.UTC(2100, 0) }],
  ["invalid_field", { occurredAt: "2026-01-01" }],
  ["invalid_field", { value: "12" }],
  ["invalid_field", { currency: "euro" }],
  ["invalid_field", { channel: "carrier pigeon" }],
  ["invalid_field", { page: [] }],
  ["missing_person", { anonymousId: undefined }],
  ["properties_too_large", { properties: { text: "x".repeat(1024 * 1024) } }],
  ["properties_too_large", { properties: { a: [[[[[[[[[1]]]]]]]]] } }],
];

/** Accepted, and no easy guests for a table. */
const strange: object[] = [
  { name: "été ☀️ 👩‍👩‍👧", userId: "'); DROP TABLE events --" },
  { properties: { nul: "\u0000", escape: "\u001b", quote: '"\\\n', half: "\ud83d" } },
  { properties: { "a.b": 1, a: { b: 2 } } },
  { properties: { __proto__x: 1, constructor: 2, "": undefined, "sp ace": null, "`": [] } },
  { properties: { mixed: [1, "two", { three: 3 }, null, true, 1.5e300, -0, 2 ** 53] } },
  {
    properties: {
      date: "2026-13-45",
      number: "1e999",
      bool: "true",
      big: 2 ** 64,
      low: -(2 ** 63),
    },
  },
  { value: -1e-300, currency: "EUR", someFieldOfTheFuture: { x: 1 } },
  { occurredAt: Date.UTC(2000, 0, 1) + 1 },
  { page: { url: "not a url?email=a@b.c#\u0000", title: "\u0000", referrer: "javascript:1" } },
];

test("each odd event is refused with its reason, and its neighbours are kept", async () => {
  const events = odd.flatMap(([, fields]) => [makeEvent(fields), makeEvent()]);
  events.push(null as never, "event" as never, [] as never, makeEvent());
  const response = await postBatch(collector, events);
  expect(response.status).toBe(202);
  const answer = (await response.json()) as BatchAnswer;
  const codes = [...odd.map(([code]) => code), "invalid_event", "invalid_event", "invalid_event"];
  expect(answer.rejected.map(({ code }) => code)).toEqual(codes);
  const places = [...odd.keys()].map((place) => place * 2);
  const end = odd.length * 2;
  expect(answer.rejected.map(({ index }) => index)).toEqual([...places, end, end + 1, end + 2]);
  expect(answer.accepted).toBe(odd.length + 1);
  events.forEach((event, place) => {
    if (!answer.rejected.some(({ index }) => index === place)) kept.add(event.id);
  });
});

test("bytes that are not UTF-8 cost their event alone", async () => {
  const [whole, broken] = [makeEvent(), makeEvent({ userId: "BROKEN" })];
  const body = Buffer.from(batch([whole, broken]));
  body[body.indexOf("BROKEN")] = 0xff;
  const { status, body: text } = await sendRaw(collector.url, ...batchRequest(body));
  expect(status).toBe(202);
  expect(JSON.parse(text)).toMatchObject({
    accepted: 1,
    rejected: [{ index: 1, id: broken.id, code: "invalid_utf8" }],
  });
  kept.add(whole.id);
});

test("strange but valid events are accepted", async () => {
  const events = strange.map((fields) => makeEvent(fields));
  const answer = (await (await postBatch(collector, events)).json()) as BatchAnswer;
  expect(answer).toEqual({ accepted: events.length, rejected: [] });
  for (const { id } of events) kept.add(id);
});

test("connections that are cut in the middle of the body leave nothing behind", async () => {
  const body = batch([makeEvent(), makeEvent()]);
  await Promise.all(
    Array.from({ length: 20 }, async (_, place) => {
      const socket = connect(Number(new URL(collector.url).port), "127.0.0.1");
      await once(socket, "connect");
      socket.write(head("/v1/batch", { "content-length": body.length }));
      socket.write(body.slice(0, -1 - place));
      if (place % 2 === 0) socket.resetAndDestroy();
      else socket.end();
      await whenClosed(socket);
    }),
  );
  expect((await fetch(`${collector.url}/v1/health/live`)).status).toBe(200);
});

test("200 connections at once are all answered", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const events = Array.from({ length: 5 }, () => makeEvent());
      const { status, body } = await sendRaw(collector.url, ...batchRequest(batch(events)));
      for (const { id } of events) kept.add(id);
      return { status, accepted: (JSON.parse(body) as BatchAnswer).accepted };
    }),
  );
  expect(answers.filter(({ status, accepted }) => status !== 202 || accepted !== 5)).toEqual([]);
});

test("in the end, what was accepted is stored and nothing else, and every refusal is kept with its reason", async () => {
  const stored = async (): Promise<string[]> => {
    const rows = await sql<{ id: string }>(collector, "SELECT DISTINCT id FROM events");
    return rows.map(({ id }) => id).toSorted();
  };
  await expect.poll(stored, { timeout: 20_000, interval: 200 }).toEqual([...kept].toSorted());
  const rows = await sql<{ code: string; n: string }>(
    collector,
    "SELECT code, toString(count()) AS n FROM rejected_events GROUP BY code",
    "default",
    collector.keys.embeddedPassword,
  );
  const expected = new Map([
    ["invalid_event", 3],
    ["invalid_utf8", 1],
  ]);
  for (const [code] of odd) expected.set(code, (expected.get(code) ?? 0) + 1);
  expect(Object.fromEntries(rows.map(({ code, n }) => [code, Number(n)]))).toEqual(
    Object.fromEntries(expected),
  );
  expect(collector.stderr()).not.toMatch(/"level":(4|5|6)0/);
  expect(await collector.end("SIGTERM")).toEqual({ code: 0, signal: null });
});

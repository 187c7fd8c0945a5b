import { afterEach, beforeEach, expect, test } from "vitest";
import { recordedSleep, startCollector } from "../sender/testing/collector.js";
import type { Entry } from "./entries.js";
import { type Report, reportLines } from "./report.js";
import { sendEntries } from "./send.js";

let collector: Awaited<ReturnType<typeof startCollector>>;

beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => collector.stop());

async function* entries(count: number, padding = 0): AsyncGenerator<Entry, void, undefined> {
  const text = "x".repeat(padding);
  for (let at = 0; at < count; at++) {
    yield { line: at + 2, json: Buffer.from(JSON.stringify({ id: `id-${at}`, text })) };
  }
}

function send(from: AsyncIterable<Entry>, onProgress?: (report: Readonly<Report>) => void) {
  const { sleep } = recordedSleep();
  return sendEntries(from, { url: `${collector.url}/`, secretKey: "secret", sleep, onProgress });
}

const idsUpTo = (count: number): string[] => Array.from({ length: count }, (_, at) => `id-${at}`);

test("every event arrives once and in order, some thousand a request", async () => {
  const report = await send(entries(12_001));
  expect(collector.ids()).toEqual(idsUpTo(12_001));
  expect(collector.kept.map(({ events }) => events.length)).toEqual([5000, 5000, 2001]);
  expect(report).toMatchObject({ accepted: 12_001, rejected: 0 });
  for (const { path, headers } of collector.kept) {
    expect([path, headers.authorization]).toEqual(["/v1/import", "Bearer secret"]);
  }
});

test("large events make smaller requests", async () => {
  await send(entries(300, 60_000));
  expect(collector.ids()).toEqual(idsUpTo(300));
  expect(Math.max(...collector.kept.map(({ events }) => events.length))).toBe(70);
});

test("nothing is lost when the collector is busy or the connection breaks", async () => {
  const troubles = [
    { status: 503, headers: { "retry-after": "1" } },
    "reset",
    undefined,
    "lost",
  ] as const;
  collector.answer = (_, number) => troubles[number];
  const report = await send(entries(7000));
  // The second part was taken twice, the first time without an answer: ids make it count once.
  expect(collector.ids()).toHaveLength(9000);
  expect([...new Set(collector.ids())]).toEqual(idsUpTo(7000));
  expect(report).toMatchObject({ accepted: 7000, rejected: 0 });
});

test("what is rejected is reported by code with lines of the file", async () => {
  collector.answer = (_, number) => ({
    status: 202,
    body: {
      accepted: 4999,
      rejectedCount: 1,
      rejected: [{ index: 7, id: null, code: "invalid_field", message: `bad in ${number}` }],
    },
  });
  async function* mixed(): AsyncGenerator<Entry, void, undefined> {
    yield { line: 1, code: "invalid_event", message: "two\u001b[31m cells" };
    yield* entries(10_000);
  }
  const report = await send(mixed());
  expect(reportLines(report)).toEqual([
    "9,998 accepted, 3 rejected",
    "  invalid_field: 2",
    "    line 9: bad in 0",
    "    line 5009: bad in 1",
    "  invalid_event: 1",
    "    line 1: two?[31m cells",
  ]);
});

test("rejections beyond those that the answer names are counted too", async () => {
  const rejected = Array.from({ length: 5 }, (_, index) => ({ index, code: "x", message: "no" }));
  collector.answer = () => ({ status: 202, body: { accepted: 2, rejectedCount: 8, rejected } });
  const report = await send(entries(10));
  expect(report).toMatchObject({ accepted: 2, rejected: 8 });
  expect(reportLines(report)).toContain("    and 2 more");
});

test("an answer of another shape is not taken for success", async () => {
  collector.answer = () => ({ status: 200, body: { ok: true } });
  await expect(send(entries(3))).rejects.toThrow("an answer of another shape");
});

test("progress is told after each request", async () => {
  const seen: number[] = [];
  await send(entries(12_000), ({ accepted }) => void seen.push(accepted));
  expect(seen).toEqual([5000, 10_000, 12_000]);
});

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SendError } from "../sender/post.js";
import { recordedSleep, startCollector } from "../sender/testing/collector.js";
import type { Entry } from "./entries.js";
import { openJournal } from "./journal.js";
import { type Report, reportLines } from "./report.js";
import { ChangedError, sendEntries } from "./send.js";

let collector: Awaited<ReturnType<typeof startCollector>>;
let folder: string;

beforeEach(async () => {
  collector = await startCollector();
  folder = mkdtempSync(join(tmpdir(), "balise-send-"));
});
afterEach(async () => {
  await collector.stop();
  rmSync(folder, { recursive: true });
});

async function* entries(count: number, padding = 0): AsyncGenerator<Entry, void, undefined> {
  const text = "x".repeat(padding);
  for (let at = 0; at < count; at++) {
    const json = Buffer.from(JSON.stringify({ id: `id-${at}`, text }));
    yield { line: at + 2, original: json, json };
  }
}

const rejectsPath = (): string => join(folder, "rejected");

async function send(
  from: AsyncIterable<Entry>,
  onProgress?: (report: Readonly<Report>) => void,
  secretKey = "secret",
) {
  const url = `${collector.url}/`;
  const placePath = join(folder, "place");
  const journal = await openJournal({ placePath, rejectsPath: rejectsPath(), url, secretKey });
  const { sleep } = recordedSleep();
  return sendEntries(from, { url, secretKey, journal, sleep, onProgress });
}

const idsUpTo = (count: number): string[] => Array.from({ length: count }, (_, at) => `id-${at}`);

test("every event arrives once and in order, a thousand a request, and no place is left", async () => {
  const report = await send(entries(2001));
  expect(collector.ids()).toEqual(idsUpTo(2001));
  expect(collector.kept.map(({ events }) => events.length)).toEqual([1000, 1000, 1]);
  expect(report).toMatchObject({ accepted: 2001, rejected: 0 });
  for (const { path, headers } of collector.kept) {
    expect([path, headers.authorization]).toEqual(["/v1/import", "Bearer secret"]);
  }
  expect(readdirSync(folder)).toEqual([]);
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
  const report = await send(entries(1400));
  // The second part was taken twice, the first time without an answer: ids make it count once.
  expect(collector.ids()).toHaveLength(1800);
  expect([...new Set(collector.ids())]).toEqual(idsUpTo(1400));
  expect(report).toMatchObject({ accepted: 1400, rejected: 0 });
});

/** Refuses the eighth event of each request. */
const refusing = (count: number, number: number) => ({
  status: 202,
  body: {
    accepted: count - 1,
    rejectedCount: 1,
    rejected: [{ index: 7, id: null, code: "invalid_field", message: `bad in ${number}` }],
  },
});

async function* mixed(count = 2000): AsyncGenerator<Entry, void, undefined> {
  yield { line: 1, original: ["a"], code: "invalid_event", message: "two\u001b[31m cells" };
  yield* entries(count);
}

test("what is rejected is reported by code with lines of the file, and kept with its reason", async () => {
  collector.answer = ({ events }, number) =>
    events.length > 7 ? refusing(events.length, number) : undefined;
  const report = await send(mixed());
  expect(reportLines(report)).toEqual([
    "1,998 accepted, 3 rejected",
    "  invalid_field: 2",
    "    line 9: bad in 0",
    "    line 1008: bad in 1",
    "  invalid_event: 1",
    "    line 1: two?[31m cells",
  ]);
  const kept = readFileSync(rejectsPath(), "utf8").trimEnd().split("\n");
  expect(kept.map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 1, code: "invalid_event", text: null },
    { line: 9, code: "invalid_field", reason: "bad in 0", text: '{"id":"id-7","text":""}' },
    { line: 1008, reason: "bad in 1" },
  ]);
});

test("an import that is cut off goes on behind the last answer, with its counts and rejects", async () => {
  collector.answer = ({ events }, number) =>
    number < 2 ? refusing(events.length, number) : { status: 400 };
  await expect(send(mixed(5000))).rejects.toThrow(SendError);
  // What was written behind the place, as when a process is killed between the two.
  const before = readFileSync(rejectsPath(), "utf8");
  writeFileSync(rejectsPath(), `${before}half a li`);
  collector.answer = () => undefined;
  const report = await send(mixed(5000));
  expect(collector.ids()).toEqual(idsUpTo(5000).slice(1999));
  expect(report).toMatchObject({ accepted: 4998, rejected: 3 });
  expect(readFileSync(rejectsPath(), "utf8")).toBe(before);
  expect(readdirSync(folder)).toEqual(["rejected"]);
});

test.for<[string, () => AsyncGenerator<Entry, void, undefined>]>([
  ["has other lines", () => entries(2000, 1)],
  ["is shorter", () => entries(900)],
])("a place of a file that %s since is not gone on from", async ([, changed]) => {
  collector.answer = (_, number) => (number === 0 ? undefined : { status: 400 });
  await expect(send(entries(2000))).rejects.toThrow(SendError);
  collector.answer = () => undefined;
  await expect(send(changed())).rejects.toThrow(ChangedError);
  expect(collector.kept).toHaveLength(1);
});

test("a place is that of one collector and key, and one that is damaged is none", async () => {
  const cutOff = async (): Promise<void> => {
    collector.answer = (_, number) => (number === 0 ? undefined : { status: 400 });
    collector.requests.length = 0;
    await expect(send(entries(2000))).rejects.toThrow(SendError);
    collector.answer = () => undefined;
    collector.kept.length = 0;
  };
  await cutOff();
  await send(entries(2000), undefined, "another");
  expect(collector.ids()).toEqual(idsUpTo(2000));
  for (const damage of ["", "{", "[]", '{"entries":-1}']) {
    await cutOff();
    writeFileSync(join(folder, "place"), damage);
    await send(entries(2000));
    expect(collector.ids()).toEqual(idsUpTo(2000));
  }
});

test("an answer of another shape is not taken for success", async () => {
  collector.answer = () => ({ status: 200, body: { ok: true } });
  await expect(send(entries(3))).rejects.toThrow("an answer of another shape");
});

test("an answer that leaves events out is not taken for success", async () => {
  collector.answer = () => ({ status: 202, body: { accepted: 2, rejected: [] } });
  await expect(send(entries(3))).rejects.toThrow("an answer of another shape");
});

test("progress is told after each request", async () => {
  const seen: number[] = [];
  await send(entries(2400), ({ accepted }) => void seen.push(accepted));
  expect(seen).toEqual([1000, 2000, 2400]);
});

/**
 * SIGTERM: nothing more is taken, what is in flight is answered, what was accepted is on disk, as
 * much as can be is inserted, and the process ends with 0; what is left is inserted after the next
 * start. (In the middle of the traffic: start.test.ts.)
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "@balise/schema";
import { expect, onTestFinished, test, vi } from "vitest";
import { Disk } from "./chaos/disk.js";
import { Sabotage } from "./chaos/sabotage.js";
import { accepted, postBatch, sql } from "./support/ask.js";
import {
  clickhousePid,
  type Collector,
  launchCollector,
  startCollector,
} from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";

const WELL = { code: 0, signal: null };
const PATIENCE = { timeout: 30_000, interval: 5 };

async function start(...args: Parameters<typeof startCollector>): Promise<Collector> {
  const collector = await startCollector(...args);
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  return collector;
}

const events = (count: number): Event[] => Array.from({ length: count }, () => makeEvent());

/** The ids stored once all that the spool held has been drained, each as often as it is there. */
async function stored(folder: string): Promise<string[]> {
  const next = await start(folder);
  const spool = join(folder, "data", "spool");
  const drained = (): boolean => readdirSync(spool).every((file) => !/\.(seg|open)$/.test(file));
  await vi.waitUntil(drained, PATIENCE);
  const rows = await sql<{ id: string }>(next, "SELECT id FROM events");
  await next.end("SIGTERM");
  return rows.map(({ id }) => id).toSorted();
}

const idsOf = (sent: readonly Event[]): string[] => sent.map(({ id }) => id).toSorted();

test.each(["keys.json", "spool", "clickhouse"])(
  "SIGTERM during a start, once %s is there, ends with 0 and leaves nothing behind that runs",
  async (made) => {
    const folder = testFolder();
    const starting = launchCollector(folder, {});
    await vi.waitUntil(() => existsSync(join(folder, "data", made)), PATIENCE);
    expect(await starting.end("SIGTERM")).toEqual(WELL);
    const collector = await start(folder);
    const sent = events(3);
    await accepted(collector, sent);
    expect(await collector.end("SIGTERM")).toEqual(WELL);
    expect(await stored(folder)).toEqual(idsOf(sent));
  },
);

test("SIGTERM again and again changes nothing: what was accepted is stored, the end is 0", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  const sent = events(500);
  await accepted(collector, sent);
  const again = setInterval(() => process.kill(collector.pid, "SIGTERM"), 1);
  void collector.ended.then(() => clearInterval(again));
  expect(await collector.ended).toEqual(WELL);
  expect(collector.stderr()).toContain("balise: everything is stored, stopped\n");
  expect(await stored(folder)).toEqual(idsOf(sent));
});

test("SIGTERM while ClickHouse is away ends with 0; the next start inserts what is left", async () => {
  const folder = testFolder();
  const away = { CLICKHOUSE_URL: "http://127.0.0.1:9", CLICKHOUSE_PASSWORD: "none" };
  const collector = await start(folder, away);
  const sent = events(40);
  await accepted(collector, sent);
  expect(await collector.end("SIGTERM")).toEqual(WELL);
  expect(collector.stderr()).toContain("balise: stopped; the rest is inserted at the next start\n");
  expect(await stored(folder)).toEqual(idsOf(sent));
});

test("SIGTERM while ClickHouse hangs in an insert ends with 0, and nothing is stored twice", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  const child = clickhousePid(collector);
  process.kill(child, "SIGSTOP");
  const sent = events(40);
  await accepted(collector, sent);
  await vi.waitUntil(() => inFlight(folder), PATIENCE);
  const ending = collector.end("SIGTERM");
  expect(await ending).toEqual(WELL);
  expect(collector.stderr()).toMatch(/balise: stopped.*the rest is/);
  if (existsSync(`/proc/${child}`)) process.kill(child, "SIGCONT");
  expect(await stored(folder)).toEqual(idsOf(sent));
});

/** The drain has frozen what it takes next. */
const inFlight = (folder: string): boolean =>
  readdirSync(join(folder, "data", "spool")).some((file) => file.endsWith(".seg"));

test("SIGTERM while an import streams ends with 0; sent again, every event is there once", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  const sent = events(3000);
  const lines = sent.map((event) => `${JSON.stringify(event)}\n`);
  const body = (from: readonly string[], hold: boolean): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start: (stream) => {
        for (const line of from) stream.enqueue(new TextEncoder().encode(line));
        if (!hold) stream.close();
      },
    });
  const send = (to: Collector, stream: ReadableStream<Uint8Array>): Promise<Response | undefined> =>
    fetch(`${to.url}/v1/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${to.keys.secretKey}`, "content-type": "text/plain" },
      body: stream,
      // fetch of Node wants it said that the body is sent before the answer comes.
      duplex: "half",
    } as RequestInit).catch(() => undefined);
  const cut = send(collector, body(lines.slice(0, 2500), true));
  const rows = async (): Promise<number> => {
    const [row] = await sql<{ n: number }>(collector, "SELECT count() AS n FROM events");
    return Number(row?.n);
  };
  await vi.waitUntil(async () => (await rows()) > 0, PATIENCE);
  expect(await collector.end("SIGTERM")).toEqual(WELL);
  expect((await cut)?.status).not.toBe(202);
  const next = await start(folder);
  expect((await send(next, body(lines, false)))?.status).toBe(202);
  await next.end("SIGTERM");
  expect([...new Set(await stored(folder))]).toEqual(idsOf(sent));
});

test("SIGTERM while the disk is full ends with 0, and keeps what was accepted before", async () => {
  const folder = testFolder();
  const spool = join(folder, "data", "spool");
  const sabotage = new Sabotage(folder);
  const disk = new Disk({ spool, sabotage });
  onTestFinished(() => disk.unmount());
  const collector = await start(folder, sabotage.settings);
  const sent: Event[] = [];
  const answers = new Set<number>();
  for (let batches = 0; batches < 20; batches++) {
    if (batches === 5) disk.fill();
    const batch = events(50);
    const { status } = await postBatch(collector, batch);
    answers.add(status);
    if (status === 202) sent.push(...batch);
  }
  expect(answers).toEqual(new Set([202, 503]));
  expect(await collector.end("SIGTERM")).toEqual(WELL);
  disk.free();
  expect(await stored(folder)).toEqual(idsOf(sent));
});

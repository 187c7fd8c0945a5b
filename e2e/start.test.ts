import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { postBatch, sql } from "./support/ask.js";
import { type Collector, launchCollector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";
import { makeFullDisk } from "./support/full-disk.js";
import { balise } from "./support/run.js";

/** The promise is five seconds; a loaded machine gets more. */
const STOP_CEILING = 20_000;

const ANY_PORT = { BALISE_PORT: "0", BALISE_EMBEDDED_PORT: "0" };

async function start(...args: Parameters<typeof startCollector>): Promise<Collector> {
  const collector = await startCollector(...args);
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  return collector;
}

test("the first start names its addresses and its keys, the second the addresses alone", async () => {
  const folder = testFolder();
  const first = await start(folder);
  for (const key of Object.values(first.keys)) expect(first.stdout()).toContain(key);
  expect(statSync(join(folder, "data", "keys.json")).mode & 0o777).toBe(0o600);
  expect((await fetch(`${first.url}/`)).status).toBe(200);
  expect((await fetch(`${first.url}/v1/health/live`)).status).toBe(200);
  await first.end("SIGTERM");

  const second = await start(folder);
  expect(second.keys).toEqual(first.keys);
  for (const key of Object.values(first.keys)) {
    expect(second.stdout()).not.toContain(key);
    expect(first.stderr() + second.stderr()).not.toContain(key);
  }
  expect(second.stdout()).not.toMatch(/key/);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s in the middle of the traffic answers, stores what was accepted, and ends with 0",
  async (signal) => {
    const folder = testFolder();
    const collector = await start(folder);
    const acknowledged: string[] = [];
    const sender = async (): Promise<void> => {
      for (;;) {
        const events = Array.from({ length: 20 }, () => makeEvent());
        const response = await postBatch(collector, events).catch(() => undefined);
        if (response === undefined) return;
        if (response.status === 202) acknowledged.push(...events.map(({ id }) => id));
        else expect(response.status).toBe(503);
      }
    };
    const senders = [sender(), sender(), sender()];
    await vi.waitUntil(() => acknowledged.length >= 1000, { timeout: 30_000 });
    const asked = performance.now();
    const end = await collector.end(signal);
    await Promise.all(senders);
    expect(end).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(STOP_CEILING);
    expect(collector.stderr()).toContain("balise: everything is stored, stopped\n");
    expect(readdirSync(join(folder, "data", "spool"))).toEqual([]);

    const next = await start(folder);
    const rows = await sql<{ id: string }>(next, "SELECT id FROM events LIMIT 1 BY id");
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  },
);

test("a signal in the middle of the start is not lost: it ends with 0 and gives the directory back", async () => {
  // Takes connections and never answers: the start waits for it.
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const folder = testFolder();
  const lock = join(folder, "data", "collector.lock");
  const starting = launchCollector(folder, { CLICKHOUSE_URL: `http://127.0.0.1:${port}` });
  await vi.waitUntil(() => existsSync(lock), { timeout: 30_000 });
  expect(await starting.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(existsSync(lock)).toBe(false);
});

test("a key that was set is not printed, those made beside it are", async () => {
  const key = "a-key-of-the-operator";
  const collector = await start(testFolder(), { BALISE_READ_KEY: key });
  expect(collector.stdout() + collector.stderr()).not.toContain(key);
  expect(collector.stdout()).toContain(collector.keys.secretKey);
});

test("connections kept open and an upload without an end do not hold up the stop", async () => {
  const collector = await start(testFolder());
  const { port } = new URL(collector.url);
  const open = async (text: string): Promise<Socket> => {
    const socket = connect(Number(port), "127.0.0.1");
    // It is cut off in the end.
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    socket.write(text);
    return socket;
  };
  await open("");
  const kept = await open("GET /v1/health/live HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(kept, "data");
  const event = JSON.stringify(makeEvent());
  await open(
    `POST /v1/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${collector.keys.secretKey}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n${event}\n`,
  );
  const asked = performance.now();
  expect(await collector.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(performance.now() - asked).toBeLessThan(STOP_CEILING);
  expect(collector.stderr()).toContain("balise: everything is stored, stopped\n");
});

/** What an operator reads when it does not start: one line, with what to do, and no stack trace. */
async function refusal(args: readonly string[], settings: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await balise(args, settings, testFolder(), 20_000);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  const logged = stderr.split("\n").filter((line) => line.startsWith("{"));
  // What went well before it is logged as such.
  expect(logged.filter((line) => !line.startsWith('{"level":30,'))).toEqual([]);
  const lines = stderr.split("\n").filter((line) => line !== "" && !logged.includes(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/^\s+at /);
  return lines[0] ?? "";
}

async function portInUse(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? String(address.port) : "";
}

test("a port in use is named, with what to do", async () => {
  const port = await portInUse();
  const data = testFolder();
  const settings = { ...ANY_PORT, BALISE_DATA_DIR: data };
  expect(await refusal(["start"], { ...settings, BALISE_PORT: port })).toBe(
    `balise: port ${port} is in use: stop what uses it, or set BALISE_PORT to another (0 takes any)`,
  );
  expect(await refusal(["start"], { ...settings, BALISE_EMBEDDED_PORT: port })).toBe(
    `balise: port ${port} of 127.0.0.1 is in use: stop what listens there, or set BALISE_EMBEDDED_PORT to another one, or to 0 for any that is free.`,
  );
});

test("a data directory that another process holds is named, with its pid", async () => {
  const folder = testFolder();
  const holder = await start(folder);
  const data = join(folder, "data");
  expect(await refusal(["start"], { ...ANY_PORT, BALISE_DATA_DIR: data })).toBe(
    `balise: the data directory ${data} is held by another Balise (pid ${holder.pid}): stop it, or set BALISE_DATA_DIR`,
  );
  // Another directory, with the same ClickHouse in it.
  const other = testFolder();
  symlinkSync(join(data, "clickhouse"), join(other, "clickhouse"));
  expect(await refusal(["start"], { ...ANY_PORT, BALISE_DATA_DIR: other })).toBe(
    `balise: ${other}/clickhouse is in use by another Balise (pid ${holder.pid}): stop it or set BALISE_DATA_DIR.`,
  );
  expect((await fetch(`${holder.url}/v1/health/ready`)).status).toBe(200);
  expect(await sql(holder, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a file in the way of the data directory or of a part of it is named", async () => {
  const folder = testFolder();
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(await refusal(["start"], { ...ANY_PORT, BALISE_DATA_DIR: file })).toBe(
    `balise: the data directory is not a directory (${file}): set BALISE_DATA_DIR to one`,
  );
  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(join(data, "clickhouse"), "");
  expect(await refusal(["start"], { ...ANY_PORT, BALISE_DATA_DIR: data })).toMatch(
    new RegExp(`^balise: ${data}/clickhouse cannot be used.*: set BALISE_DATA_DIR to a folder`),
  );
});

test("a full disk is named, with what to do", async () => {
  const disk = makeFullDisk(testFolder());
  const data = join(disk.path, "data");
  const line = await refusal(["start"], {
    ...ANY_PORT,
    ...disk.settings,
    BALISE_DATA_DIR: data,
  });
  expect(line).toMatch(
    /^balise: the disk is full.*: free some space, or set BALISE_DATA_DIR to another disk$/,
  );
});

test.each([
  [
    { BALISE_PROT: "8787" },
    /^balise: BALISE_PROT in the environment is not a setting; the settings are .*BALISE_PORT/,
  ],
  [
    { BALISE_PORT: "eighty" },
    /^balise: BALISE_PORT="eighty" is not valid: must be a whole number from 0 to 65535$/,
  ],
  [{ CLICKHOUSE_URL: "localhost" }, /^balise: CLICKHOUSE_URL="localhost" is not valid: .*http:/],
  [{ BALISE_READ_KEY: "a secret" }, /^balise: BALISE_READ_KEY=\(hidden\) is not valid: must be 1/],
])("a wrong setting is named, with what is allowed: %o", async (settings, message) => {
  expect(await refusal(["start"], settings)).toMatch(message);
});

test.each([
  [["nonsense"], /^balise: unknown command nonsense; balise --help lists them$/],
  [["start", "--prot"], /^balise: Unknown option `--prot`; balise --help lists/],
  [["import"], /^balise: missing required args .*import <file>`; balise --help lists/],
  [["funnel", "page_view", "--key", "k"], /^balise: no collector answers at .*: start it, or give/],
  [["query", "activity"], /^balise: no key: give --key, set BALISE_READ_KEY, or run where/],
])("a wrong command is answered with what to do: %o", async (args, message) => {
  expect(
    await refusal(
      [...args, ...(args.includes("--key") ? ["--url", "http://127.0.0.1:9"] : [])],
      {},
    ),
  ).toMatch(message);
});

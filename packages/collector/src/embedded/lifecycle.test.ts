import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { eventually, startForTest, type TestEmbedded } from "./testing/start.js";

const running: TestEmbedded[] = [];
const start = async (options?: Parameters<typeof startForTest>[0]) => {
  const embedded = await startForTest(options);
  running.push(embedded);
  return embedded;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((embedded) => embedded.destroy()));
});

const TABLE =
  "CREATE TABLE t (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100";
const insert = (embedded: TestEmbedded, token: string) =>
  embedded.ask('INSERT INTO t FORMAT JSONEachRow\n{"id":1}\n{"id":2}\n', "owner", {
    insert_deduplication_token: token,
  });
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("after kill -9 right behind a 200 it is back on the same port with the rows and the tokens", async () => {
  const exits: unknown[] = [];
  const embedded = await start({ onExit: (how) => exits.push(how) });
  expect(await embedded.ask(TABLE)).toMatchObject({ status: 200 });
  const before = embedded.pid() ?? 0;
  expect(await insert(embedded, "a")).toMatchObject({ status: 200 });
  process.kill(before, "SIGKILL");
  const answer = await eventually(() => embedded.ask("SELECT count() FROM t"));
  expect(answer.text).toBe("2\n");
  expect(embedded.pid()).not.toBe(before);
  expect(exits).toEqual([{ code: null, signal: "SIGKILL" }]);
  expect(embedded.logged.join("\n")).toContain("is back");
  // The same segment again, as after a crash of the collector: counted once.
  expect(await insert(embedded, "a")).toMatchObject({ status: 200 });
  expect(await insert(embedded, "b")).toMatchObject({ status: 200 });
  expect((await embedded.ask("SELECT count() FROM t")).text).toBe("4\n");
});

test("Ctrl-C and SIGTERM to the child do nothing while the parent lives", async () => {
  const embedded = await start();
  const pid = embedded.pid() ?? 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(pid, signal);
  expect(await embedded.ask("SELECT 1")).toMatchObject({ text: "1\n" });
  expect(embedded.pid()).toBe(pid);
});

test("stop ends the child, lets a running statement finish, and frees the directory at once", async () => {
  const embedded = await start();
  const pid = embedded.pid() ?? 0;
  const slow = embedded.ask("SELECT sleep(1) FORMAT JSONCompact");
  await eventually(async () => {
    const seen = await embedded.ask(
      "SELECT count() FROM system.processes WHERE query LIKE '%sleep(1)%'",
    );
    expect(Number(seen.text)).toBeGreaterThan(1);
  });
  const asked = performance.now();
  await embedded.stop();
  expect(performance.now() - asked).toBeLessThan(5000);
  expect(await slow).toMatchObject({ status: 200 });
  expect(isAlive(pid)).toBe(false);
  const again = await start({ dataDir: embedded.dataDir });
  expect(await again.ask("SELECT 1")).toMatchObject({ text: "1\n" });
});

test("a second process on the same directory is told who holds it and what to do", async () => {
  const first = await start();
  await expect(startForTest({ dataDir: first.dataDir })).rejects.toMatchObject({
    name: "EmbeddedStartError",
    code: "DATA_DIR_IN_USE",
    message: `${first.dataDir} is in use by another Balise (pid ${process.pid}): stop it or set BALISE_DATA_DIR.`,
  });
  expect(await first.ask("SELECT 1")).toMatchObject({ text: "1\n" });
});

test("a port in use is named with its setting, and the directory is left free", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const dataDir = await mkdtemp(join(tmpdir(), "balise-embedded-"));
  await expect(startForTest({ port, dataDir })).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: `port ${port} of 127.0.0.1 is in use: stop what listens there, or set BALISE_EMBEDDED_PORT to another one, or to 0 for any that is free.`,
  });
  other.close();
  const embedded = await start({ dataDir });
  await embedded.stop();
  await rm(dataDir, { recursive: true });
});

test("a directory that is a file is refused in words", async () => {
  const folder = await mkdtemp(join(tmpdir(), "balise-embedded-"));
  const dataDir = join(folder, "file");
  await writeFile(dataDir, "");
  await expect(startForTest({ dataDir })).rejects.toMatchObject({
    code: "DATA_DIR_UNUSABLE",
    message: expect.stringContaining("set BALISE_DATA_DIR"),
  });
  await rm(folder, { recursive: true });
});

/** A process that holds an embedded ClickHouse and has sent it `statement`. */
async function startParent(
  dataDir: string,
  statement: string,
): Promise<{ kill: () => void; child: number }> {
  const program = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const log = "{ info() {}, warn() {}, error() {} }";
  const script = `import { startEmbedded } from ${program};
const embedded = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, port: 0, database: "balise", user: "o", password: "p", readers: [], log: ${log} });
const ask = (body) => fetch(embedded.url + "/?user=o&password=p", { method: "POST", body }).then((answer) => answer.text());
const statement = ${JSON.stringify(statement)};
void ask(statement);
while (!(await ask("SELECT query FROM system.processes")).includes(statement));
console.log(embedded.pid());
setInterval(() => {}, 1000);`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const parent = spawn(process.execPath, ["--import", tsx, "--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
  return { kill: () => parent.kill("SIGKILL"), child: Number(line) };
}

test("the child of a killed parent ends in the middle of a statement, and the next start waits for that", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "balise-embedded-"));
  const parent = await startParent(
    dataDir,
    "SELECT sum(sleepEachRow(1)) FROM numbers(60) SETTINGS max_block_size = 1",
  );
  expect(isAlive(parent.child)).toBe(true);
  parent.kill();
  const embedded = await start({ dataDir });
  expect(await embedded.ask("SELECT 1")).toMatchObject({ text: "1\n" });
  // Until it is reaped, a process that has ended still has its pid.
  await eventually(async () => {
    expect(isAlive(parent.child)).toBe(false);
    return Promise.resolve();
  });
  await embedded.stop();
  await rm(dataDir, { recursive: true });
});

test.runIf(process.platform === "linux")(
  "no secret shows in the child's command line or environment",
  async () => {
    const embedded = await start();
    const pid = embedded.pid() ?? 0;
    const shown = await Promise.all(
      ["cmdline", "environ"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8")),
    );
    expect(shown.join("\n")).not.toContain("secret");
    expect(shown.join("\n")).toContain("UV_THREADPOOL_SIZE");
  },
);

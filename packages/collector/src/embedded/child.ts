import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { diagnose } from "./diagnose.js";
import { EmbeddedStartError } from "./failure.js";
import type { ChildConfig, Order, Report } from "./messages.js";

/** A child process that has said that it is ready. */
export interface Child {
  pid: number | undefined;
  port: number;
  /** Settles when the process has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(): Promise<void>;
}

/** Beyond the child's own patience, it is hung. */
const STOP_PATIENCE_MS = 12_000;

/** The child needs these; the rest of the environment may hold secrets, and shows in `/proc`. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/**
 * Starts the child and waits until it serves.
 *
 * @throws EmbeddedStartError with the child's own reason
 */
export async function launch(
  entry: string,
  config: ChildConfig,
  onLine: (line: string) => void,
): Promise<Child> {
  const spawned = spawn(process.execPath, [...loader(entry), entry], {
    // A process group of its own: Ctrl-C in a terminal signals the whole foreground group.
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: environment(config.queryConnections),
  });
  const ended = new Promise<Awaited<Child["ended"]>>((resolve) => {
    spawned.once("exit", (code, signal) => resolve({ code, signal }));
    spawned.once("error", () => resolve({ code: null, signal: null }));
  });
  const closed = new Promise<void>((resolve) => {
    spawned.once("close", () => resolve());
  });
  const said: string[] = [];
  let starting = true;
  if (spawned.stderr !== null) {
    createInterface(spawned.stderr).on("line", (line) => {
      if (starting) said.push(line);
      else onLine(line);
    });
  }
  const port = await ready(spawned, config, ended).catch(async (error: unknown) => {
    // Only then is all of stderr here. A program that cannot even be spawned never closes.
    await Promise.race([closed, delay(STOP_PATIENCE_MS, undefined, { ref: false })]);
    const failure = await diagnose(error, said.join("\n"), config.dataDir);
    const unclear = !(failure instanceof EmbeddedStartError) || failure.code === "START_FAILED";
    if (unclear) for (const line of said) onLine(line);
    throw failure;
  });
  starting = false;
  for (const line of said) onLine(line);
  return {
    pid: spawned.pid,
    port,
    ended,
    stop: async () => {
      send(spawned, { type: "stop" });
      const late = setTimeout(() => spawned.kill("SIGKILL"), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

function ready(spawned: ChildProcess, config: ChildConfig, ended: Child["ended"]): Promise<number> {
  return new Promise((resolve, reject) => {
    spawned.once("message", (report: Report) => {
      if (report.type === "ready") resolve(report.port);
      else reject(new EmbeddedStartError(report.code, report.message));
    });
    const fail = ({ code, signal }: Awaited<Child["ended"]>) => {
      const how = signal ?? `code ${code ?? "unknown"}`;
      reject(
        new EmbeddedStartError(
          "START_FAILED",
          `the embedded ClickHouse ended with ${how} before it was ready: set CLICKHOUSE_URL to a ClickHouse server if chDB does not run on this machine.`,
        ),
      );
    };
    void ended.then(fail);
    send(spawned, { type: "start", config });
  });
}

function send(spawned: ChildProcess, order: Order): void {
  // A child that has just died is reported by its end, not by the failed message.
  if (spawned.connected) spawned.send(order, () => undefined);
}

/** Every running statement holds a thread of libuv's pool; files and compression need some, too. */
function environment(queryConnections: number): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { UV_THREADPOOL_SIZE: String(queryConnections + 12) };
  for (const name of PASSED_ON) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}

function loader(entry: string): string[] {
  if (!entry.endsWith(".ts")) return [];
  const tsx = createRequire(import.meta.url).resolve("tsx");
  return ["--import", pathToFileURL(tsx).href];
}

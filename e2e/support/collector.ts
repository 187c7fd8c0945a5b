import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../packages/collector/dist/testing/until.js";
import { BIN, environment } from "./run.js";

/** Generous: other test files start their processes at the same time. */
const START_PATIENCE = 40_000;
const STOP_PATIENCE = 30_000;

export interface Keys {
  writeKey: string;
  secretKey: string;
  readKey: string;
  embeddedPassword: string;
}

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** `balise start` as a process of its own. */
export interface Collector {
  pid: number;
  url: string;
  /** Address of ClickHouse over HTTP. */
  store: string;
  keys: Keys;
  /** All that it wrote until now. */
  stdout: () => string;
  stderr: () => string;
  /** Sends the signal and waits for the end. */
  end: (signal: NodeJS.Signals) => Promise<End>;
  ended: Promise<End>;
}

/** A collector that may not be ready yet. */
export interface Starting {
  pid: number;
  ended: Promise<End>;
  end: Collector["end"];
  /** Rejects when it ends or hangs before it is ready. */
  ready: () => Promise<Collector>;
}

/** Starts the collector on the data directory and waits until it says that it is ready. */
export function startCollector(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Collector> {
  return launchCollector(dataDir, settings).ready();
}

/** Starts the process alone. */
export function launchCollector(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Starting {
  const child = spawn(process.execPath, [BIN, "start"], {
    cwd: dataDir,
    env: environment({
      BALISE_DATA_DIR: join(dataDir, "data"),
      BALISE_PORT: "0",
      BALISE_EMBEDDED_PORT: "0",
      ...settings,
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes) => (stdout += String(bytes)));
  child.stderr.on("data", (bytes) => (stderr += String(bytes)));
  let over = false;
  const ended = new Promise<End>((resolve) => {
    child.once("close", (code, signal) => {
      over = true;
      resolve({ code, signal });
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<End> => {
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE);
    const how = await ended;
    clearTimeout(late);
    return how;
  };
  const pid = child.pid ?? 0;
  const ready = async (): Promise<Collector> => {
    try {
      await until(() => over || /ClickHouse http\S+/.test(stdout), START_PATIENCE);
      if (over) throw new Error(`the collector ended at its start: ${stderr}`);
    } catch (error) {
      await end("SIGKILL");
      throw error;
    }
    return {
      pid,
      url: addressAfter("console", stdout).replace(/\/$/, ""),
      store: addressAfter("ClickHouse", stdout),
      keys: JSON.parse(readFileSync(join(dataDir, "data", "keys.json"), "utf8")),
      stdout: () => stdout,
      stderr: () => stderr,
      end,
      ended,
    };
  };
  return { pid, ended, end, ready };
}

function addressAfter(word: string, text: string): string {
  const address = new RegExp(`^  ${word} +(http\\S+)`, "m").exec(text)?.[1];
  if (address === undefined) throw new Error(`no address of ${word} in: ${text}`);
  return address;
}

/** The process that holds the embedded ClickHouse, as the collector last named it. */
export function clickhousePid(collector: Collector): number {
  const named = [...collector.stderr().matchAll(/"pid":(\d+).*"the embedded ClickHouse is /g)];
  const pid = named.at(-1)?.[1];
  if (pid === undefined) throw new Error(`no pid of ClickHouse in: ${collector.stderr()}`);
  return Number(pid);
}

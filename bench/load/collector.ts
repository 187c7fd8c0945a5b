import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../packages/collector/bin/balise.js", import.meta.url));

/** `balise start` with its embedded ClickHouse, in a folder that goes away. */
export interface RunningCollector {
  pid: number;
  enginePid: number;
  url: string;
  writeKey: string;
  /** Rows of a question in SQL, asked of ClickHouse itself. */
  ask: <Row>(sql: string) => Promise<Row[]>;
  stop: () => Promise<void>;
}

/** `nodeOptions` such as `--cpu-prof` are for its process alone. */
export async function runCollector(
  settings: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<RunningCollector> {
  const folder = mkdtempSync(join(tmpdir(), "balise-sustained-"));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [...nodeOptions, BIN, "start"], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      BALISE_DATA_DIR: join(folder, "data"),
      BALISE_PORT: "0",
      BALISE_EMBEDDED_PORT: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const orphan = (): boolean => child.kill("SIGTERM");
  process.once("exit", orphan);
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      process.off("exit", orphan);
      resolve();
    });
  });
  const [url, store] = await new Promise<[string, string]>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const address = /^ {2}console +(http\S+?)\/$/m.exec(said)?.[1];
      const clickhouse = /^ {2}ClickHouse +(http\S+)/m.exec(said)?.[1];
      if (address !== undefined && clickhouse !== undefined) resolve([address, clickhouse]);
    });
    child.once("close", () => reject(new Error(`the collector ended: ${said}`)));
  });
  const pid = child.pid ?? 0;
  const keys = JSON.parse(readFileSync(join(folder, "data", "keys.json"), "utf8")) as {
    writeKey: string;
    readKey: string;
  };
  return {
    pid,
    enginePid: childOf(pid),
    url,
    writeKey: keys.writeKey,
    ask: (sql) => askStore(store, keys.readKey, sql),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function askStore<Row>(store: string, readKey: string, sql: string): Promise<Row[]> {
  const response = await fetch(`${store}/?database=balise&default_format=JSON`, {
    method: "POST",
    headers: { "x-clickhouse-user": "reader", "x-clickhouse-key": readKey },
    body: sql,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (JSON.parse(text) as { data: Row[] }).data;
}

/** The one child of a process; Linux. */
function childOf(pid: number): number {
  const found = readdirSync("/proc").find((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "");
      return fields.split(" ")[1] === String(pid);
    } catch {
      return false;
    }
  });
  return Number(found);
}

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
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const address = /^ {2}console +(http\S+?)\/$/m.exec(said)?.[1];
      if (address !== undefined && said.includes("ClickHouse http")) resolve(address);
    });
    child.once("close", () => reject(new Error(`the collector ended: ${said}`)));
  });
  const pid = child.pid ?? 0;
  const keys = JSON.parse(readFileSync(join(folder, "data", "keys.json"), "utf8")) as {
    writeKey: string;
  };
  return {
    pid,
    enginePid: childOf(pid),
    url,
    writeKey: keys.writeKey,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "../../packages/collector/dist/testing/until.js";
import { findPrometheus } from "../../scripts/prometheus.mjs";

const PATIENCE = 20_000;

/** A Prometheus that runs for the test. */
export interface Prometheus {
  /** The values of an instant query, by their labels as `label=value` in the order of their names. */
  ask: (query: string) => Promise<Record<string, number>>;
  /** Of the targets: whether the last scrape went well, and what went wrong. */
  targets: () => Promise<{ health: string; lastError: string }[]>;
  /** Of the alerts: whether their expression could be computed, and what it says. */
  alerts: () => Promise<{ name: string; health: string; state: string }[]>;
}

/** Starts a Prometheus that scrapes the address each second, with these rules. */
export async function startPrometheus(
  folder: string,
  target: string,
  rules: string,
): Promise<Prometheus> {
  const { host } = new URL(target);
  writeFileSync(join(folder, "rules.yml"), rules);
  const config = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [join(folder, "rules.yml")],
    scrape_configs: [{ job_name: "balise", static_configs: [{ targets: [host] }] }],
  };
  // JSON is YAML.
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
  const url = await listen(folder);
  const get = async <Data>(path: string): Promise<Data> => {
    const response = await fetch(`${url}/api/v1/${path}`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: Data }).data;
  };
  return {
    ask: async (query) => {
      const { result } = await get<{ result: Result[] }>(
        `query?query=${encodeURIComponent(query)}`,
      );
      return Object.fromEntries(
        result.map(({ metric, value }) => [nameOf(metric), Number(value[1])]),
      );
    },
    targets: async () =>
      (await get<{ activeTargets: { health: string; lastError: string }[] }>("targets"))
        .activeTargets,
    alerts: async () =>
      (await get<{ groups: { rules: Alert[] }[] }>("rules")).groups.flatMap((group) => group.rules),
  };
}

interface Result {
  metric: Record<string, string>;
  value: [number, string];
}
interface Alert {
  name: string;
  health: string;
  state: string;
}

/** Labels that Prometheus adds are left out. */
function nameOf(metric: Record<string, string>): string {
  return Object.entries(metric)
    .filter(([label]) => !["__name__", "instance", "job"].includes(label))
    .map(([label, value]) => `${label}=${value}`)
    .join();
}

/** @returns the address of a Prometheus that ends with the test. */
async function listen(folder: string): Promise<string> {
  const child = spawn(
    findPrometheus().prometheus,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "tsdb")}`,
      "--web.listen-address=127.0.0.1:0",
    ],
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (bytes) => (said += String(bytes)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const address = (): string | undefined => /"Listening on".*? address=(\S+)/.exec(said)?.[1];
  await until(() => address() !== undefined || child.exitCode !== null, PATIENCE);
  if (address() === undefined) throw new Error(`Prometheus ended at its start: ${said}`);
  return `http://${address()}`;
}

/** What `promtool` says to a file that it is given on stdin; empty when all is well. */
export function promtool(args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(findPrometheus().promtool, args, {
    input,
    encoding: "utf8",
  });
  return status === 0 ? stdout + stderr : `${status}: ${stdout}${stderr}`;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../packages/collector/dist/testing/until.js";

export interface Reading {
  /** Bytes resident, by the kernel. */
  resident: number;
  /** Bytes of living objects and buffers, after a collection of garbage. */
  living: number;
  /** Open file descriptors. */
  descriptors: number;
}

/** Settings under which a collector can be read. */
export function gaugeSettings(folder: string): Record<string, string> {
  const module = new URL("./gauge.mjs", import.meta.url);
  return { NODE_OPTIONS: `--import ${module.href}`, FUZZ_GAUGE: join(folder, "gauge") };
}

/** Asks a collector that rests. */
export async function readGauge(folder: string, pid: number): Promise<Reading> {
  const path = join(folder, `gauge.${pid}`);
  const linesOf = (): string[] =>
    existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  const before = linesOf().length;
  process.kill(pid, "SIGUSR2");
  await until(() => linesOf().length > before);
  const told = JSON.parse(linesOf().at(-1) ?? "");
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return {
    resident: pages * 4096,
    living: told.heapUsed + told.external,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Station } from "./station.js";

/** Processes that run in the folder or below, as `pid command`; Linux. */
export function processesIn(folder: string): string[] {
  return pids().flatMap((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) ? [described(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** Children that ended and that nobody has asked about. */
export class ZombieWatch {
  readonly found = new Set<string>();
  #last: string[] = [];

  /** Every process is a zombie for a moment: those are meant that still are at the next look. */
  look(stations: readonly Station[]): void {
    const pids = stations.flatMap(({ up }) => (up === undefined ? [] : [up.pid]));
    const now = zombiesOf(new Set([process.pid, ...pids]));
    for (const zombie of now) if (this.#last.includes(zombie)) this.found.add(zombie);
    this.#last = now;
  }
}

function zombiesOf(parents: ReadonlySet<number>): string[] {
  return pids().flatMap((pid) => {
    try {
      const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return state === "Z" && parents.has(Number(parent)) ? [described(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** Files of events that a spool still holds. */
export function segmentsIn(spool: string): string[] {
  if (!existsSync(spool)) return [];
  return readdirSync(spool)
    .filter((file) => /^\d{12}-/.test(file))
    .map((file) => join(spool, file));
}

function pids(): string[] {
  return existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
}

function described(pid: string): string {
  return `${pid} ${readFileSync(`/proc/${pid}/stat`, "utf8").slice(0, 60)}`;
}

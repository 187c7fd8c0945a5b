import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Finding, ok, warning } from "../finding.js";

/** Milliseconds that a file may be younger than now: clocks of disks that are shared. */
const TOLERANCE = 5000;

/** Whether the clock was set back: then the collector has written files that are still to come. */
export function checkClock(dataDir: string, now: number = Date.now()): Finding {
  const check = "clock";
  const latest = Math.max(0, ...filesOf(dataDir).map((path) => modifiedAt(path)));
  const told = new Date(now).toISOString();
  if (latest <= now + TOLERANCE) return ok(check, told);
  const is = `${told}, but files were written at ${new Date(latest).toISOString()}`;
  const todo =
    "run a time service (NTP): the clock was set back, and events since then have wrong moments";
  return warning(check, is, todo);
}

function filesOf(dataDir: string): string[] {
  return [dataDir, join(dataDir, "spool")].flatMap((folder) => {
    try {
      return readdirSync(folder).map((file) => join(folder, file));
    } catch {
      return [];
    }
  });
}

/** 0 for a file that has just gone. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What the system says of a process; Linux. */
export interface Usage {
  /** User and system time since its start, in milliseconds. */
  cpuMs: number;
  residentBytes: number;
  /** The most that was resident since its start. */
  peakBytes: number;
}

let ticks: number | undefined;

/** Undefined when the process is gone. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kib = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
    return {
      cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks,
      residentBytes: kib("VmRSS") * 1024,
      peakBytes: kib("VmHWM") * 1024,
    };
  } catch {
    return undefined;
  }
}

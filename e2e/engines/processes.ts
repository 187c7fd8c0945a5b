import { spawnSync } from "node:child_process";

/** Processes below `root` whose command line matches, with the processor's seconds they have used. */
export function secondsOf(root: number, pattern: RegExp): Map<number, number> {
  const all = listed();
  const below = new Set([root]);
  // A child may be listed before its parent.
  for (let known = 0; known < below.size;) {
    known = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  const matching = all.filter(({ pid, args }) => below.has(pid) && pattern.test(args));
  return new Map(matching.map(({ pid, seconds }) => [pid, seconds]));
}

function listed() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,time=,args="], { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, time, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (time === undefined || args === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), seconds: secondsIn(time), args }];
  });
}

/** `[hours:]minutes:seconds`, as Linux and macOS write it. */
function secondsIn(time: string): number {
  return time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

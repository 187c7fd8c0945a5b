import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../fault.js";
import type { Mode, Proxy } from "../proxy.js";

/** A ClickHouse whose process can be hit. */
export interface Target {
  pid: () => number | undefined;
  /** Kills it and sees to it that it comes back. */
  kill: () => Promise<void>;
}

const LOOK = 50;
const PATIENCE = 60_000;

/** What can happen to ClickHouse; it is stopped for `stopMs` at most. */
export function engineFaults(target: Target, stopMs: number) {
  return {
    kill: {
      name: "kill -9 of ClickHouse",
      run: async () => {
        await pidOf(target);
        await target.kill();
        return 1;
      },
    },
    stop: {
      name: `SIGSTOP of ClickHouse for ${stopMs / 1000} s`,
      run: async () => {
        const pid = await pidOf(target);
        signal(pid, "SIGSTOP");
        await pause(stopMs);
        signal(pid, "SIGCONT");
        return 0;
      },
    },
  } as const satisfies Record<string, Fault>;
}

/** What can happen on the way to ClickHouse, for `longest` milliseconds at most. */
export function proxyFault(proxy: Proxy, mode: Mode, longest: number): Fault {
  return {
    name: `way to ClickHouse: ${mode}`,
    run: async (random) => {
      proxy.mode = mode;
      await pause(random.whole(300, longest));
      proxy.mode = "pass";
      return 0;
    },
  };
}

async function pidOf(target: Target): Promise<number> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const pid = target.pid();
    if (pid !== undefined) return pid;
    if (Date.now() > end) throw new Error("ClickHouse does not come back");
    await pause(LOOK);
  }
}

function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(pid, name);
  } catch {
    // Another fault ended it meanwhile.
  }
}

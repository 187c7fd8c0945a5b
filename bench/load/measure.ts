import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { RunningCollector } from "./collector.js";
import { type Usage, usageOf } from "./process.js";
import type { SenderOrder, SenderReport } from "./sender.js";

/** One load and what it cost. Shares of CPU are of one core; sizes in bytes. */
export interface Measured extends SenderReport {
  seconds: number;
  /** Rows that ClickHouse took meanwhile. */
  drained: number;
  spool: { start: number; middle: number; end: number; most: number };
  resident: { mean: number; most: number };
  cpuMs: { collector: number; engine: number; sender: number };
}

const EVERY = 250;

/** Sends for as long as ordered, and looks at all three processes meanwhile. */
export async function measure(
  collector: RunningCollector,
  order: Omit<SenderOrder, "url" | "writeKey">,
): Promise<Measured> {
  const sender = fork(fileURLToPath(new URL("sender.ts", import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
  });
  const pids = { collector: collector.pid, engine: collector.enginePid, sender: sender.pid ?? 0 };
  await once(sender, "message");
  const before = cpuOf(pids);
  const rows = await rowsOf(collector);
  const start = await spoolOf(collector);
  const started = performance.now();
  const report = new Promise<SenderReport>((resolve, reject) => {
    sender.once("message", (message) => resolve(message as SenderReport));
    sender.once("exit", () => reject(new Error("the sender ended without a report")));
  });
  sender.send({ ...order, url: collector.url, writeKey: collector.writeKey });
  const spools: number[] = [];
  const resident: number[] = [];
  let senderCpu = 0;
  const watch = setInterval(() => {
    resident.push(usageOf(pids.collector)?.residentBytes ?? 0);
    senderCpu = usageOf(pids.sender)?.cpuMs ?? senderCpu;
    void spoolOf(collector).then((bytes) => spools.push(bytes));
  }, EVERY);
  const said = await report;
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  const after = cpuOf(pids);
  return {
    ...said,
    seconds,
    drained: (await rowsOf(collector)) - rows,
    spool: {
      start,
      middle: spools[Math.floor(spools.length / 2)] ?? 0,
      end: spools.at(-1) ?? 0,
      most: Math.max(...spools),
    },
    resident: {
      mean: resident.reduce((sum, bytes) => sum + bytes, 0) / resident.length,
      most: Math.max(...resident),
    },
    cpuMs: {
      collector: after.collector - before.collector,
      engine: after.engine - before.engine,
      sender: senderCpu - before.sender,
    },
  };
}

/** Share of one core that a process takes when nobody asks it anything. */
export async function idleShare(pid: number, seconds: number): Promise<number> {
  const before = usageOf(pid)?.cpuMs ?? 0;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return ((usageOf(pid)?.cpuMs ?? 0) - before) / (seconds * 1000);
}

/** Bytes that wait for ClickHouse. */
export async function spoolOf(collector: RunningCollector): Promise<number> {
  const response = await fetch(`${collector.url}/v1/health/ready`);
  const answer = (await response.json()) as { spool: { bytes: number } };
  return answer.spool.bytes;
}

async function rowsOf(collector: RunningCollector): Promise<number> {
  const text = await (await fetch(`${collector.url}/metrics`)).text();
  return Number(/^balise_rows_inserted_total(?:\{.*\})? (\d+)/m.exec(text)?.[1]);
}

function cpuOf<Name extends string>(pids: Record<Name, number>): Record<Name, number> {
  const entries = Object.entries<number>(pids).map(([name, pid]) => {
    const usage: Usage | undefined = usageOf(pid);
    return [name, usage?.cpuMs ?? 0] as const;
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}

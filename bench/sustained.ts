/**
 * A real collector with its embedded ClickHouse, and a sender on the same machine, for a minute
 * each: batches of ten and requests of one event, at a given rate; both as fast as they go; what an
 * event costs with 1, 10 and 100 senders of the same pace; and what an idle collector takes.
 *
 * BENCH_SECONDS (60), BENCH_CONNECTIONS (64), BENCH_BATCHES (5100) and BENCH_SINGLES (10100)
 * requests a second; BENCH_CPU_PROF=folder profiles the collector.
 */
import { setTimeout as pause } from "node:timers/promises";
import { type RunningCollector, runCollector } from "./load/collector.js";
import { idleShare, measure, type Measured, spoolOf } from "./load/measure.js";
import { printMachine, rounded, timed } from "./support.js";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 60);
const CONNECTIONS = Number(process.env["BENCH_CONNECTIONS"] ?? 64);
/** Requests a second, of ten events and of one. */
const RATES = [
  { events: 10, rate: Number(process.env["BENCH_BATCHES"] ?? 5100) },
  { events: 1, rate: Number(process.env["BENCH_SINGLES"] ?? 10_100) },
] as const;
const PROFILE = process.env["BENCH_CPU_PROF"];

/** Milliseconds between two requests of one of 1, 10, 100 senders. */
const PACE = 50;
const IDLE_SECONDS = 20;
const DRAIN_PATIENCE = 300_000;

const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);
const cores = (cpuMs: number, seconds: number): string => (cpuMs / seconds / 1000).toFixed(2);

function print(name: string, result: Measured, drainedAfter: number): void {
  const { cpuMs, resident, seconds, spool } = result;
  const facts = [
    ["requests/s", rounded(result.requests / seconds)],
    ["events/s accepted", rounded(result.accepted / seconds)],
    ["events/s into ClickHouse meanwhile", rounded(result.drained / seconds)],
    ["seconds until the spool was empty after that", (drainedAfter / 1000).toFixed(1)],
    [
      "acknowledgement p50, p99, max, ms",
      [result.p50, result.p99, result.max].map((ms) => ms.toFixed(1)).join(", "),
    ],
    ["503", rounded(result.refused)],
    [
      "spool at start, middle, end, most, MiB",
      [spool.start, spool.middle, spool.end, spool.most].map(mib).join(", "),
    ],
    [
      "resident memory of the collector, mean, most, MiB",
      [resident.mean, resident.most].map(mib).join(", "),
    ],
    [
      "cores taken by collector, ClickHouse, sender",
      [cpuMs.collector, cpuMs.engine, cpuMs.sender].map((ms) => cores(ms, seconds)).join(", "),
    ],
    ["CPU ms of the collector per 1,000 events", costOf(result).toFixed(2)],
  ] as const;
  console.log(`${name}, ${Math.round(seconds)} s`);
  for (const [what, value] of facts) console.log(`  ${what.padEnd(52)} ${value}`);
  console.log("");
}

const costOf = ({ accepted, cpuMs }: Measured): number => (cpuMs.collector / accepted) * 1000;

async function emptied(collector: RunningCollector): Promise<void> {
  const end = Date.now() + DRAIN_PATIENCE;
  while ((await spoolOf(collector)) > 1024) {
    if (Date.now() > end) throw new Error("the spool is not drained");
    await pause(100);
  }
}

printMachine();
const profile = PROFILE === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`];
const collector = await runCollector(
  // One address sends all of it.
  { BALISE_LOG_LEVEL: "warn", BALISE_RATE_LIMIT_ADDRESS: "0" },
  profile,
);
try {
  await measure(collector, { connections: 16, events: 10, seconds: 3, pace: 0, lane: 60_000 });
  await emptied(collector);
  let lane = 0;
  for (const { events, rate } of RATES) {
    for (const pace of [(1000 * CONNECTIONS) / rate, 0]) {
      const seconds = pace > 0 ? SECONDS : SECONDS / 3;
      const result = await measure(collector, {
        connections: CONNECTIONS,
        events,
        seconds,
        pace,
        lane,
      });
      const speed = pace > 0 ? `${rounded(rate)} requests/s wanted` : "as fast as they go";
      print(`${events} events a request, ${speed}`, result, await timed(() => emptied(collector)));
      lane += CONNECTIONS;
    }
  }
  console.log(`senders of ${1000 / PACE} requests/s, ten events each`);
  for (const connections of [1, 10, 100]) {
    const order = { connections, events: 10, seconds: SECONDS / 3, pace: PACE, lane };
    const result = await measure(collector, order);
    await emptied(collector);
    lane += connections;
    console.log(
      `  ${String(connections).padStart(4)}  ${rounded(result.accepted / result.seconds).padStart(7)} events/s  ${costOf(result).toFixed(2).padStart(6)} CPU ms of the collector per 1,000 events  p99 ${result.p99.toFixed(1)} ms`,
    );
  }
  await pause(5000);
  const [own, engine] = await Promise.all(
    [collector.pid, collector.enginePid].map((pid) => idleShare(pid, IDLE_SECONDS)),
  );
  const percent = (share = 0): string => `${(share * 100).toFixed(2)} %`;
  console.log(
    `\nidle for ${IDLE_SECONDS} s: collector ${percent(own)} of a core, ClickHouse ${percent(engine)}`,
  );
} finally {
  await collector.stop();
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Collector, startCollector } from "../support/collector.js";
import { gaugeSettings, type Reading, readGauge } from "./gauge.js";
import { openIdle } from "./idle.js";
import { kindsFor } from "./kinds.js";
import { Ledger } from "./ledger.js";
import { flood, LIMITED } from "./limits.js";
import { playChunk } from "./play.js";
import type { Plan } from "./plan.js";
import { slowSenders } from "./slow.js";
import { judgeStored } from "./stored.js";
import { Tally } from "./tally.js";
import type { Target } from "./try-input.js";
import { DESCRIPTORS, judgeEnd, judgeReadings, type Readings } from "./verdict.js";

export interface Outcome {
  plan: Plan;
  tally: Tally;
  readings: Readings;
  acknowledged: number;
  stored: number;
}

type Tell = (tally: Tally) => void;

/** Without a limit for one sender, who is everyone here. */
const UNLIMITED = { BALISE_RATE_LIMIT_ADDRESS: "0" };
const REST = 2000;

/** Plays a plan against a collector without limits, then floods one that has them. */
export async function playRound(plan: Plan, folder: string, tell: Tell): Promise<Outcome> {
  const tally = new Tally();
  const opened = await playOpen(plan, folderOf(folder, "open"), tally, tell);
  await playLimited(plan, folderOf(folder, "limited"), tally);
  return { plan, tally, ...opened };
}

async function playOpen(
  plan: Plan,
  folder: string,
  tally: Tally,
  tell: Tell,
): Promise<Pick<Outcome, "acknowledged" | "readings" | "stored">> {
  const collector = await startCollector(folder, { ...UNLIMITED, ...gaugeSettings(folder) });
  try {
    const target = targetOf(collector, folder, tally);
    const kinds = kindsFor(collector.keys);
    const chunks = Math.ceil(plan.inputs / plan.chunk);
    const start = await readGauge(folder, collector.pid);
    let middle = start;
    const slow = slowSenders(collector.url, plan.slow, plan.patient, tally);
    for (let place = 0; place < chunks; place++) {
      const close = place === 1 ? await openIdle(collector.url, plan.idle) : () => undefined;
      await playChunk(target, kinds, plan, place);
      close();
      tell(tally);
      if (place + 1 === Math.ceil(chunks / 2)) {
        await pause(REST);
        middle = await readGauge(folder, collector.pid);
      }
    }
    await slow;
    const stored = await judgeStored(collector, target.ledger, tally);
    const end = await rested(folder, collector.pid, start);
    const readings = { start, middle, end };
    judgeReadings(readings, tally);
    judgeEnd(await collector.end("SIGTERM"), collector.stderr(), tally);
    return { readings, acknowledged: target.ledger.acknowledged.size, stored };
  } finally {
    await collector.end("SIGKILL");
  }
}

/** What a collector with limits and without a ClickHouse has kept is stored once there is one. */
async function playLimited(plan: Plan, folder: string, tally: Tally): Promise<void> {
  let collector = await startCollector(folder, LIMITED);
  try {
    const target = targetOf(collector, folder, tally);
    await flood(target, collector.keys.writeKey, plan.seed);
    await playChunk(target, kindsFor(collector.keys), plan, -1);
    judgeEnd(await collector.end("SIGTERM"), collector.stderr(), tally);
    collector = await startCollector(folder, UNLIMITED);
    await judgeStored(collector, target.ledger, tally);
  } finally {
    await collector.end("SIGKILL");
  }
}

function targetOf(collector: Collector, folder: string, tally: Tally): Target {
  const { secretKey, readKey, embeddedPassword } = collector.keys;
  const secrets = [secretKey, readKey, embeddedPassword, folder, process.cwd()];
  return { url: collector.url, secrets, ledger: new Ledger(), tally };
}

/** A reading once what was open is closed again, or does not close. */
async function rested(folder: string, pid: number, start: Reading): Promise<Reading> {
  await pause(REST);
  let reading = await readGauge(folder, pid);
  for (let looks = 0; looks < 20; looks++) {
    if (reading.descriptors <= start.descriptors + DESCRIPTORS) break;
    await pause(1000);
    reading = await readGauge(folder, pid);
  }
  return reading;
}

function folderOf(parent: string, name: string): string {
  const path = join(parent, name);
  mkdirSync(path);
  return path;
}

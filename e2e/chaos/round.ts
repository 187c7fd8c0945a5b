import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../../packages/collector/dist/demo/random.js";
import { Cast } from "./cast.js";
import { Faults } from "./fault.js";
import { Ledger } from "./ledger.js";
import { processesIn, segmentsIn, zombiesOf } from "./leftovers.js";
import { LiveProbe } from "./live.js";
import type { Plan } from "./plan.js";
import { type Answered, askQuestions } from "./questions.js";
import { Sender, type Tally } from "./sender.js";
import type { Station } from "./station.js";
import { judgeTables, type TableVerdict } from "./verdict.js";
import { makeWorld, type World } from "./world.js";

/** All that one round has shown. */
export interface Outcome {
  plan: Plan;
  faults: ReadonlyMap<string, number>;
  spoilt: ReadonlyMap<string, number>;
  kills: number;
  sent: number;
  acknowledged: number;
  tally: Tally;
  tables: TableVerdict[];
  answers: Answered[];
  stations: readonly Station[];
  liveAnswers: number;
  /** What must not be, in words; empty when all is well. */
  complaints: string[];
}

/** What a round tells while it runs. */
export interface Progress {
  faults: number;
  planned: number;
  kills: number;
  sent: number;
  acknowledged: number;
}

/** Milliseconds for the last inserts. */
const DRAIN_PATIENCE = 180_000;
/** Resident bytes of a collector, whatever happens. */
const MEMORY_BOUND = 400 * 1024 * 1024;

/** Plays one round and judges it. `folder` is empty, and the caller's to remove. */
export async function playRound(
  plan: Plan,
  folder: string,
  tell: (progress: Progress) => void = () => undefined,
): Promise<Outcome> {
  const random = createRandom(plan.seed, 0);
  const world = await makeWorld(plan, folder, random);
  try {
    const cast = new Cast(plan.seed, Date.now());
    const ledger = new Ledger();
    const tally = newTally();
    const faults = new Faults(world.lanes);
    const probes = world.stations.map((station) => new LiveProbe(station));
    const senders = makeSenders(plan, world, cast, ledger, tally);
    const zombies = new Set<string>();
    let ending: string[] = [];
    const watch = setInterval(() => {
      // Every process is a zombie for a moment: those are meant that still are at the next look.
      const now = zombiesOf(parents(world));
      for (const zombie of now) if (ending.includes(zombie)) zombies.add(zombie);
      ending = now;
      const { kills, count, planned } = faults;
      const { size, acknowledged } = ledger;
      tell({ faults: count, planned, kills, sent: size, acknowledged });
    }, 1000);
    const running = [...senders, ...probes].map((one) => one.run());
    try {
      const played = async (): Promise<void> => {
        await faults.run(
          (lane) => createRandom(plan.seed, 1 + lane),
          (random) => pause(random.whole(50, plan.calm)),
        );
        while (ledger.acknowledged < plan.events) await pause(100);
      };
      await Promise.race([played(), Promise.all(running)]);
      for (const { sabotage } of world.stations) sabotage.order({ shiftMs: 0 });
    } finally {
      for (const sender of senders) sender.stop();
      await Promise.all(running.slice(0, senders.length));
      for (const probe of probes) probe.stop();
      await Promise.all(running);
      clearInterval(watch);
    }
    const complaints = await drained(world);
    const { verdicts, stored, linked } = await judgeTables(world.store, ledger, cast);
    const merged = await world.store.mergedParts();
    const answers = await ask(world, cast, stored, linked);
    complaints.push(...(await ended(world, folder)));
    if (merged > 0) complaints.push(`${merged} parts were merged: copies may have been hidden`);
    if (zombies.size > 0) complaints.push(`zombies: ${[...zombies].join("; ")}`);
    complaints.push(
      ...verdicts
        .filter(isWrong)
        .map((verdict) => `${verdict.table}: ${verdict.samples.join(", ")}`),
      ...answers
        .filter(({ product, ledger }) => product !== ledger)
        .map(({ question, product, ledger }) => `${question}: ${product}, not ${ledger}`),
      ...tally.wrong.map((wrong) => `wrong answer: ${wrong}`),
      ...probes.flatMap(({ silences }) => silences.map((reason) => `live: ${reason}`)),
      ...world.stations.flatMap(complaintsOf),
    );
    return {
      plan,
      faults: faults.done,
      spoilt: world.spoilt,
      kills: faults.kills,
      sent: ledger.size,
      acknowledged: ledger.acknowledged,
      tally,
      tables: verdicts,
      answers,
      stations: world.stations,
      liveAnswers: probes.reduce((sum, probe) => sum + probe.answers, 0),
      complaints,
    };
  } finally {
    await world.close();
  }
}

function newTally(): Tally {
  return {
    requests: 0,
    promises: 0,
    unanswered: 0,
    sentAgain: 0,
    abandoned: 0,
    repeated: 0,
    refused: new Map(),
    wrong: [],
  };
}

function makeSenders(plan: Plan, world: World, cast: Cast, ledger: Ledger, tally: Tally): Sender[] {
  const urls = world.stations.map(({ url }) => url) as [string, ...string[]];
  const { keys } = world;
  return Array.from({ length: plan.senders }, (_, number) => {
    const random = createRandom(plan.seed, 100 + number);
    return new Sender({ cast, ledger, keys, tally, random, urls, pace: plan.pace });
  });
}

function parents(world: World): Set<number> {
  const pids = world.stations.flatMap(({ up }) => (up === undefined ? [] : [up.pid]));
  return new Set([process.pid, ...pids]);
}

/** Waits until the spools are empty. */
async function drained(world: World): Promise<string[]> {
  const end = Date.now() + DRAIN_PATIENCE;
  for (const station of world.stations) {
    while (segmentsIn(station.spool).length > 0) {
      if (Date.now() > end) {
        return [
          `not drained: ${segmentsIn(station.spool).join(", ")}\n${station.up?.stderr().slice(-2000)}`,
        ];
      }
      await pause(200);
    }
  }
  return [];
}

async function ask(
  world: World,
  cast: Cast,
  stored: Uint8Array,
  linked: ReadonlySet<string>,
): Promise<Answered[]> {
  const [station] = world.stations;
  if (station?.up === undefined) throw new Error("no collector is up at the end");
  const collector = { ...station.up, keys: { ...station.up.keys, ...world.keys } };
  return askQuestions(collector, cast, stored, linked);
}

/** Stops all with SIGTERM; nothing is to be left over. */
async function ended(world: World, folder: string): Promise<string[]> {
  const complaints: string[] = [];
  for (const station of world.stations) {
    const code = await station.end("SIGTERM");
    if (code !== 0) complaints.push(`${station.name} ended with ${code} on SIGTERM`);
    const segments = segmentsIn(station.spool);
    if (segments.length > 0) complaints.push(`in the spool: ${segments.join(", ")}`);
  }
  await pause(1000);
  const left = processesIn(folder);
  if (left.length > 0) complaints.push(`left running: ${left.join("; ")}`);
  return complaints;
}

function isWrong({ lost, strange, twice }: TableVerdict): boolean {
  return lost + strange + twice > 0;
}

function complaintsOf(station: Station): string[] {
  const { crashes, name, peakBytes } = station;
  const memory =
    peakBytes > MEMORY_BOUND ? [`${name} had ${Math.round(peakBytes / 1e6)} MB resident`] : [];
  return [...crashes.map((crash) => `${name} ended by itself: ${crash}`), ...memory];
}

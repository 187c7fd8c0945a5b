import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../../packages/collector/dist/demo/random.js";
import type { Cast } from "./cast.js";
import { Faults } from "./fault.js";
import type { Ledger } from "./ledger.js";
import { ZombieWatch } from "./leftovers.js";
import { LiveProbe } from "./live.js";
import type { Plan } from "./plan.js";
import { newTally, Sender, type Tally } from "./sender.js";
import type { World } from "./world.js";

/** What a round tells while it runs. */
export interface Progress {
  faults: number;
  planned: number;
  kills: number;
  made: number;
  acknowledged: number;
}

export interface Played {
  faults: Faults;
  tally: Tally;
  probes: LiveProbe[];
  zombies: ReadonlySet<string>;
}

const TELL_EVERY = 1000;

/** Load, faults and looks side by side, until all faults are done and enough is acknowledged. */
export async function play(
  plan: Plan,
  world: World,
  cast: Cast,
  ledger: Ledger,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Played> {
  const tally = newTally();
  const faults = new Faults(world.lanes);
  const probes = world.stations.map((station) => new LiveProbe(station));
  const senders = makeSenders(plan, world, cast, ledger, tally);
  const zombies = new ZombieWatch();
  const watch = setInterval(() => {
    zombies.look(world.stations);
    const { kills, count, planned } = faults;
    tell({ faults: count, planned, kills, made: ledger.size, acknowledged: ledger.acknowledged });
  }, TELL_EVERY);
  const sending = Promise.all(senders.map((sender) => sender.run()));
  const probing = Promise.all(probes.map((probe) => probe.run()));
  const done = async (): Promise<void> => {
    await faults.run(
      (lane) => createRandom(plan.seed, 1 + lane),
      (random) => pause(random.whole(50, plan.calm), undefined, { signal }),
    );
    while (ledger.acknowledged < plan.events) await pause(100, undefined, { signal });
  };
  try {
    await Promise.race([done(), sending, probing]);
    for (const { sabotage } of world.stations) sabotage.order({ shiftMs: 0 });
  } finally {
    for (const sender of senders) sender.stop();
    await sending;
    for (const probe of probes) probe.stop();
    await probing;
    clearInterval(watch);
  }
  return { faults, tally, probes, zombies: zombies.found };
}

function makeSenders(plan: Plan, world: World, cast: Cast, ledger: Ledger, tally: Tally): Sender[] {
  const [first = "", ...others] = world.stations.map(({ url }) => url);
  return Array.from({ length: plan.senders }, (_, number) => {
    const random = createRandom(plan.seed, 100 + number);
    const urls: [string, ...string[]] = [first, ...others];
    return new Sender({ cast, ledger, keys: world.keys, tally, random, urls, pace: plan.pace });
  });
}

import { createRandom } from "../../packages/collector/dist/demo/random.js";
import { Cast } from "./cast.js";
import { drainAll, stopAll } from "./finish.js";
import { Ledger } from "./ledger.js";
import type { Plan } from "./plan.js";
import { play, type Played, type Progress } from "./play.js";
import { type Answered, askQuestions } from "./questions.js";
import type { Station } from "./station.js";
import { judgeTables, type TableVerdict } from "./verdict.js";
import { makeWorld, type World } from "./world.js";

/** All that one round has shown. */
export interface Outcome extends Played {
  plan: Plan;
  made: number;
  acknowledged: number;
  tables: TableVerdict[];
  answers: Answered[];
  stations: readonly Station[];
  /** Pieces that the proxy has spoilt, by how. */
  spoilt: ReadonlyMap<string, number>;
  /** What must not be, in words; empty when all is well. */
  complaints: string[];
}

/** Resident bytes of a collector, whatever happens. */
const MEMORY_BOUND = 400 * 1024 * 1024;

/** Plays one round and judges it. `folder` is empty, and the caller's to remove. */
export async function playRound(
  plan: Plan,
  folder: string,
  tell: (progress: Progress) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const world = await makeWorld(plan, folder, createRandom(plan.seed, 0));
  try {
    const cast = new Cast(plan.seed, Date.now());
    const ledger = new Ledger();
    const played = await play(plan, world, cast, ledger, tell, signal);
    const undrained = await drainAll(world);
    const { verdicts, stored, linked } = await judgeTables(world.store, ledger, cast);
    const merged = await world.store.mergedParts();
    const answers = await askQuestions(collectorOf(world), cast, stored, linked);
    const leftovers = await stopAll(world, folder);
    const { stations, spoilt } = world;
    return {
      ...played,
      plan,
      made: ledger.size,
      acknowledged: ledger.acknowledged,
      tables: verdicts,
      answers,
      stations,
      spoilt,
      complaints: [
        ...undrained,
        ...leftovers,
        ...(merged > 0 ? [`${merged} parts were merged: copies may have been hidden`] : []),
        ...verdicts.filter(isWrong).map(({ table, samples }) => `${table}: ${samples.join(", ")}`),
        ...answers
          .filter(differs)
          .map((one) => `${one.question}: ${one.product}, not ${one.ledger}`),
        ...complaintsOf(played),
        ...stations.flatMap(complaintsAbout),
      ],
    };
  } finally {
    await world.close();
  }
}

function collectorOf({ keys, stations }: World) {
  const up = stations[0]?.up;
  if (up === undefined) throw new Error("no collector is up at the end");
  return { ...up, keys: { ...up.keys, ...keys } };
}

function isWrong({ lost, strange, twice }: TableVerdict): boolean {
  return lost + strange + twice > 0;
}

function differs({ ledger, product }: Answered): boolean {
  return product !== ledger;
}

function complaintsOf({ probes, tally, zombies }: Played): string[] {
  return [
    ...tally.wrong.map((wrong) => `wrong answer: ${wrong}`),
    ...probes.flatMap(({ silences }) => silences.map((reason) => `live: ${reason}`)),
    ...[...zombies].map((zombie) => `zombie: ${zombie}`),
  ];
}

function complaintsAbout({ crashes, name, peakBytes }: Station): string[] {
  const memory =
    peakBytes > MEMORY_BOUND ? [`${name} had ${Math.round(peakBytes / 1e6)} MB resident`] : [];
  return [...crashes.map((crash) => `${name} ended by itself: ${crash}`), ...memory];
}

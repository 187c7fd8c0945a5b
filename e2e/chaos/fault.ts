import type { Random } from "../../packages/collector/dist/demo/random.js";

/** One thing that goes wrong. */
export interface Fault {
  name: string;
  /** Does it and mends it again; returns how many processes it has killed. */
  run: (random: Random) => Promise<number>;
}

/** How often each was done, over all lanes. */
export class Faults {
  readonly done = new Map<string, number>();
  kills = 0;
  readonly planned: number;

  /** Lanes run side by side, so that faults meet; each has an order of its own. */
  constructor(readonly lanes: readonly (readonly Fault[])[]) {
    this.planned = lanes.reduce((sum, lane) => sum + lane.length, 0);
  }

  get count(): number {
    return [...this.done.values()].reduce((sum, times) => sum + times, 0);
  }

  /** Does all that is planned, each lane with pauses of at most `pause` milliseconds. */
  async run(randomOf: (lane: number) => Random, wait: (random: Random) => Promise<void>) {
    const work = this.lanes.map(async (lane, place) => {
      const random = randomOf(place);
      for (const fault of shuffled(lane, random)) {
        await wait(random);
        const kills = await fault.run(random);
        this.kills += kills;
        this.done.set(fault.name, (this.done.get(fault.name) ?? 0) + 1);
      }
    });
    await Promise.all(work);
  }
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

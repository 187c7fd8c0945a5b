/**
 * The spool and the drain together, through any history of appends, disks that fail at any call,
 * kills, power cuts, rotations, clocks put back, and a ClickHouse that is away, silent, or stores
 * without an answer: what was acknowledged is stored exactly once, what was not at most once.
 */
import fc from "fast-check";
import pino from "pino";
import { expect, it } from "vitest";
import { until } from "../testing/until.js";
import { Drain } from "./drain.js";
import { encodeRecords } from "./record.js";
import { Spool, SpoolFullError } from "./spool.js";
import { FakeClickHouse, type Weather } from "./testing/fake-clickhouse.js";
import { type Call, CALLS, MemoryDisk } from "./testing/memory-disk.js";

const MAX_BYTES = 6000;

/** More than `AHEAD` segments make: what a replay can be at most. */
const WINDOW = 100;

class World {
  readonly disk = new MemoryDisk();
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  now = 1_700_000_000_000;
  #running: { dead: boolean; spool: Spool; drain: Drain } | undefined;

  constructor(readonly clickhouse: FakeClickHouse) {}

  get spool(): Spool | undefined {
    return this.#running?.spool;
  }

  async start(): Promise<void> {
    const own = { dead: false };
    const now = (): number => this.now;
    const disk = this.disk.view(own);
    const options = { dir: "/spool", disk, maxBytes: MAX_BYTES, segmentBytes: 700, now };
    // A disk that fails now stops the start; another is tried with the next command.
    const spool = await Spool.open(options).catch(() => undefined);
    if (spool === undefined) return;
    const drain = new Drain({
      spool,
      insert: this.clickhouse.view(own),
      log: pino({ level: "silent" }),
      now,
      random: () => 0,
      interval: 1,
      pause: 0.2,
    });
    this.#running = Object.assign(own, { spool, drain });
  }

  async append(sizes: readonly { rows: number; poison: boolean }[]): Promise<void> {
    if (this.#running === undefined) await this.start();
    const requests = sizes.map(({ rows, poison }) => {
      const ids = Array.from({ length: rows }, (_, n) => `row ${this.sent.size + n}`);
      for (const id of ids) this.sent.add(id);
      const records = encodeRecords(
        ids.map((id, n) => ({
          table: n % 3 === 2 ? "feedback" : "events",
          line: JSON.stringify({ id, ...(poison && n % 2 === 1 ? { poison } : {}) }),
        })),
      );
      return { ids, kept: this.spool?.append(records) ?? Promise.reject(new SpoolFullError()) };
    });
    for (const { ids, kept } of requests) {
      const error: unknown = await kept.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) for (const id of ids) this.acknowledged.add(id);
      else if (!(error instanceof SpoolFullError)) throw error;
    }
    if ((this.spool?.bytes ?? 0) > MAX_BYTES) throw new Error("the spool passed its bound");
  }

  /** Lets the drain work for a moment. */
  async drain(): Promise<void> {
    if (this.#running === undefined) await this.start();
    this.#running?.drain.start();
    await new Promise((resolve) => setTimeout(resolve, 3));
  }

  async stop(): Promise<void> {
    const { spool, drain } = this.#running ?? {};
    await drain?.finish(2);
    await spool?.close();
    this.kill();
  }

  kill(): void {
    if (this.#running === undefined) return;
    this.#running.dead = true;
    // Its timers end with it.
    void this.#running.drain.stop();
    this.#running = undefined;
  }

  async end(): Promise<void> {
    this.disk.fault = undefined;
    this.clickhouse.weather = "well";
    await this.drain();
    await until(async () => {
      await this.drain();
      return this.spool?.bytes === 0;
    });
    this.kill();
  }
}

type Command = fc.AsyncCommand<object, World>;

const command = (name: string, run: (world: World) => Promise<void>): Command => ({
  check: () => true,
  run: (_, world) => run(world),
  toString: () => name,
});

const request = fc.record({
  rows: fc.integer({ min: 1, max: 12 }),
  poison: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { arbitrary: fc.constant(true), weight: 1 },
  ),
});
const append = fc
  .array(request, { minLength: 1, maxLength: 5 })
  .map((sizes) => command(`append ${JSON.stringify(sizes)}`, (world) => world.append(sizes)));
const drain = fc.constant(command("drain", (world) => world.drain()));
const fault = fc
  .record({ call: fc.constantFrom<Call>(...CALLS), times: fc.integer({ min: 1, max: 5 }) })
  .map(({ call, times }) =>
    command(`${call} fails ${times} times`, async (world) => {
      world.disk.fault = { call, times };
    }),
  );
const weather = fc.constantFrom<Weather>("well", "away", "lost", "silent").map((kind) =>
  command(`ClickHouse is ${kind}`, async (world) => {
    world.clickhouse.weather = kind;
  }),
);
const kill = fc.constant(command("kill", async (world) => world.kill()));
const stop = fc.constant(command("stop", (world) => world.stop()));
const powerCut = fc.array(fc.nat(), { minLength: 1, maxLength: 30 }).map((choices) =>
  command(`power cut ${choices.join()}`, async (world) => {
    world.kill();
    let next = 0;
    world.disk.cutPower((below) => (choices[next++ % choices.length] ?? 0) % below);
  }),
);
const rotate = fc.constant(
  command("rotate", async (world) => {
    await world.spool?.freeze();
  }),
);
const clock = fc.integer({ min: -86_400_000, max: 86_400_000 }).map((by) =>
  command(`clock ${by}`, async (world) => {
    world.now += by;
    await world.spool?.freezeOlderThan(1000);
  }),
);

it("what is acknowledged is stored exactly once, what is not at most once, and nothing stays behind", async () => {
  const commands = fc.commands(
    [append, append, append, drain, drain, fault, weather, kill, stop, powerCut, rotate, clock],
    { maxCommands: 40 },
  );
  await fc.assert(
    fc.asyncProperty(commands, fc.boolean(), async (history, naming) => {
      const world = new World(new FakeClickHouse(WINDOW, naming));
      await fc.asyncModelRun(() => ({ model: {}, real: world }), history);
      await world.end();
      const { stored } = world.clickhouse;
      const lost = [...world.acknowledged].filter((id) => !stored.has(id));
      const twice = [...stored].filter(([, times]) => times > 1);
      const invented = [...stored.keys()].filter((id) => !world.sent.has(id));
      expect({ lost, twice, invented }).toEqual({ lost: [], twice: [], invented: [] });
      expect(world.disk.files.filter((path) => !path.endsWith(".damaged"))).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 120_000);

/** How much of everything one round does. */
export interface Plan {
  seed: number;
  topology: Topology;
  /** Events that are acknowledged at least. */
  events: number;
  senders: number;
  /** Mean milliseconds between two requests of a sender. */
  pace: number;
  /** Longest milliseconds between two faults of a lane. */
  calm: number;
  /** Longest milliseconds of a fault that lasts. */
  longest: number;
  /** Milliseconds for which ClickHouse is stopped. */
  stopMs: number;
  /** How often each fault happens: to each collector, and to ClickHouse and the way to it. */
  collector: Readonly<Record<CollectorFault, number>>;
  engine: { kill: number; stop: number };
  proxy: number;
}

/**
 * `embedded`: one collector, which holds its ClickHouse. `server`: two collectors with one
 * ClickHouse, and a faulty proxy before it.
 */
export type Topology = "embedded" | "server";

type CollectorFault =
  | "kill"
  | "powerCut"
  | "killStarting"
  | "restart"
  | "fullDisk"
  | "syncFails"
  | "clock";

/** Of every fault one or two: for `npm test`. */
export function shortPlan(topology: Topology, seed: number): Plan {
  return {
    seed,
    topology,
    events: 8000,
    senders: 8,
    pace: 60,
    calm: 300,
    longest: 1200,
    stopMs: 1500,
    collector: {
      kill: 1,
      powerCut: 2,
      killStarting: topology === "server" ? 0 : 1,
      restart: 1,
      fullDisk: 1,
      syncFails: 1,
      clock: 1,
    },
    engine: { kill: 1, stop: 1 },
    proxy: topology === "server" ? 1 : 0,
  };
}

/** A quarter of the long form: four rounds make 200 kills and a million events. */
export function longPlan(topology: Topology, seed: number): Plan {
  const twice = topology === "server" ? 1 : 2;
  return {
    seed,
    topology,
    events: 260_000,
    senders: 12,
    pace: 60,
    calm: 1500,
    longest: 4000,
    stopMs: 30_000,
    collector: {
      kill: 6 * twice,
      powerCut: 6 * twice,
      killStarting: 4 * twice,
      restart: 3 * twice,
      fullDisk: 2 * twice,
      syncFails: 3 * twice,
      clock: 3 * twice,
    },
    engine: { kill: 12, stop: 1 },
    proxy: topology === "server" ? 2 : 0,
  };
}

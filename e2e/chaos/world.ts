import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../packages/collector/dist/demo/random.js";
import { until } from "../../packages/collector/dist/testing/until.js";
import { Disk } from "./disk.js";
import { Engine } from "./engine.js";
import type { Fault } from "./fault.js";
import { collectorFaults } from "./faults/collector.js";
import { engineFaults, proxyFault } from "./faults/engine.js";
import type { Plan } from "./plan.js";
import { MODES, Proxy } from "./proxy.js";
import { Station } from "./station.js";
import { Store } from "./store.js";

/** Processes of one round, and what can go wrong with them. */
export interface World {
  stations: Station[];
  store: Store;
  keys: { writeKey: string; secretKey: string; readKey: string };
  /** Lanes of faults that run side by side. */
  lanes: Fault[][];
  spoilt: ReadonlyMap<string, number>;
  /** Ends what still runs, and gives the mounts back. */
  close: () => Promise<void>;
}

/** 32 MiB: reached while ClickHouse is stopped for long, so that the bound is met too. */
const SPOOL_BYTES = String(32 * 1024 * 1024);

/** Starts everything; each collector is killed at its first start, too, migrations and all. */
export async function makeWorld(plan: Plan, folder: string, random: Random): Promise<World> {
  const keys = { writeKey: secret(), secretKey: secret(), readKey: secret() };
  const password = secret();
  const engine = plan.topology === "server" ? await Engine.start(folder, password) : undefined;
  const proxy = engine === undefined ? undefined : await Proxy.start(engine.url);
  const settings = settingsOf(keys, password, proxy);
  const stations = (engine === undefined ? ["one"] : ["one", "two"]).map(
    (name) => new Station(name, folder, settings),
  );
  const disks = stations.map((station) => new Disk(station));
  const close = async (): Promise<void> => {
    for (const station of stations) await station.close();
    proxy?.stop();
    await engine?.stop();
    for (const disk of disks) disk.unmount();
  };
  try {
    for (const station of stations) await startTwice(station, random);
    const store = new Store(() => engine?.url ?? stations[0]?.up?.store ?? "", password);
    await store.stopMerges();
    const lanes = [
      ...disks.map((disk) =>
        repeated(plan.collector, collectorFaults(disk.station, disk, plan.longest)),
      ),
      [
        ...repeated(plan.engine, engineFaults(engine ?? embeddedTarget(stations[0]), plan.stopMs)),
        ...(proxy === undefined ? [] : proxyLane(plan, proxy)),
      ],
    ];
    return { stations, store, keys, lanes, spoilt: proxy?.spoilt ?? new Map(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function secret(): string {
  return randomBytes(18).toString("hex");
}

function settingsOf(
  { readKey, secretKey, writeKey }: World["keys"],
  password: string,
  proxy: Proxy | undefined,
): Record<string, string> {
  return {
    BALISE_WRITE_KEY: writeKey,
    BALISE_SECRET_KEY: secretKey,
    BALISE_READ_KEY: readKey,
    BALISE_SPOOL_MAX_BYTES: SPOOL_BYTES,
    // One address sends all of it.
    BALISE_RATE_LIMIT_ADDRESS: "0",
    CLICKHOUSE_PASSWORD: password,
    ...(proxy === undefined ? { BALISE_EMBEDDED_PORT: "0" } : { CLICKHOUSE_URL: proxy.url }),
  };
}

async function startTwice(station: Station, random: Random): Promise<void> {
  const first = station.launch();
  await pause(random.whole(200, 1500));
  await first.end("SIGKILL");
  await station.start();
}

function proxyLane(plan: Plan, proxy: Proxy): Fault[] {
  return MODES.filter((mode) => mode !== "pass").flatMap((mode) =>
    Array.from({ length: plan.proxy }, () => proxyFault(proxy, mode, plan.longest)),
  );
}

/** The ClickHouse that a collector holds, and starts again itself. */
function embeddedTarget(station: Station | undefined) {
  const pid = (): number | undefined => station?.engine();
  return {
    pid,
    kill: async () => {
      const old = pid();
      if (old === undefined) return;
      try {
        process.kill(old, "SIGKILL");
      } catch {
        // It has just ended with its collector.
      }
      await until(() => pid() !== old, 60_000);
    },
  };
}

function repeated<Name extends string>(
  counts: Readonly<Record<Name, number>>,
  faults: Readonly<Record<Name, Fault>>,
): Fault[] {
  const names = Object.keys(counts) as Name[];
  return names.flatMap((name) => Array.from({ length: counts[name] }, () => faults[name]));
}

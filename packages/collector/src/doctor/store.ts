import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ClickHouseClient, ClickHouseError } from "@clickhouse/client";
import type { Settings } from "../config.js";
import { startEmbedded } from "../embedded/index.js";
import { explain } from "../explain.js";
import { failure, type Finding, ok } from "../finding.js";
import { lockDataDir } from "../lock.js";
import { readKeys } from "../sites.js";
import { createStoreClient, type StoreAddress } from "../store/client.js";
import { clusterOf } from "../store/cluster.js";
import { checkRequirements } from "../store/requirements.js";
import { checkState } from "../store/state.js";

const CHECK = "ClickHouse";

export interface StoreOptions {
  settings: Settings;
  dataDir: string;
  /** A collector holds the data directory, and with it the embedded ClickHouse. */
  runs: boolean;
  /** Start the embedded ClickHouse if none runs. */
  open: boolean;
}

/** The ClickHouse of the settings: whether it answers, and what is missing. */
export async function checkStore(options: StoreOptions): Promise<Finding[]> {
  const { settings, dataDir, runs, open } = options;
  const address = addressOf(settings, dataDir);
  if (settings.CLICKHOUSE_URL !== undefined) return checkAddress(address, serverFailure);
  if (!existsSync(join(dataDir, "clickhouse"))) {
    return [ok(CHECK, "the embedded one is made at the first start")];
  }
  if (runs && settings.BALISE_EMBEDDED_PORT === 0) {
    return [ok(CHECK, "embedded, on any port (BALISE_EMBEDDED_PORT=0): not asked")];
  }
  if (runs) return checkAddress(address, (error) => embeddedFailure(error, address));
  if (!open) return [ok(CHECK, "embedded, and not opened: no collector runs; --open opens it")];
  return checkOpened(address, dataDir);
}

/** The embedded ClickHouse is held like by a collector, for as long as it is asked. */
async function checkOpened(address: StoreAddress, dataDir: string): Promise<Finding[]> {
  const unlock = await lockDataDir(dataDir);
  try {
    const embedded = await startEmbedded({
      dataDir: join(dataDir, "clickhouse"),
      port: 0,
      database: address.database,
      user: address.user,
      password: address.password,
      readers: [],
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    try {
      return await checkAddress({ ...address, url: embedded.url }, serverFailure);
    } finally {
      await embedded.stop();
    }
  } catch (error) {
    return [failure(CHECK, explain(error), "start the collector: its log says more")];
  } finally {
    unlock();
  }
}

async function checkAddress(
  address: StoreAddress,
  failureOf: (error: unknown) => Finding,
): Promise<Finding[]> {
  const client = createStoreClient(address, { log_queries: 0 });
  try {
    return await ask(client, address);
  } catch (error) {
    return [failureOf(error)];
  } finally {
    await client.close();
  }
}

async function ask(client: ClickHouseClient, { url, user }: StoreAddress): Promise<Finding[]> {
  const requirements = await checkRequirements(client);
  const { host } = new URL(url);
  return [ok(CHECK, `answers ${user} at ${host}`), ...requirements, ...(await checkState(client))];
}

const UNKNOWN_DATABASE = "81";
const WRONG_PASSWORD = "516";

function serverFailure(error: unknown): Finding {
  return failure(CHECK, explain(error).slice(0, 300), remedyOf(error));
}

/** The collector that runs may have been told otherwise: then nothing is there, or a stranger. */
function embeddedFailure(error: unknown, { url }: StoreAddress): Finding {
  const { host } = new URL(url);
  const is =
    error instanceof ClickHouseError
      ? `the one at ${host}: ${explain(error).slice(0, 300)}`
      : `the embedded one does not answer at ${host}`;
  const todo =
    "use the settings of the collector that runs (BALISE_EMBEDDED_PORT, CLICKHOUSE_…), or look into its log";
  return failure(CHECK, is, todo);
}

function remedyOf(error: unknown): string {
  if (!(error instanceof ClickHouseError)) return "start it, or correct CLICKHOUSE_URL";
  if (error.code === UNKNOWN_DATABASE) return "start the collector, or run balise migrate";
  return error.code === WRONG_PASSWORD
    ? "correct CLICKHOUSE_USER and CLICKHOUSE_PASSWORD"
    : "look into the log of ClickHouse";
}

function addressOf(settings: Settings, dataDir: string): StoreAddress {
  const password = settings.CLICKHOUSE_PASSWORD ?? readKeys(dataDir)?.embeddedPassword ?? "";
  const embedded = settings.CLICKHOUSE_URL === undefined;
  return {
    url: settings.CLICKHOUSE_URL ?? `http://127.0.0.1:${settings.BALISE_EMBEDDED_PORT}`,
    user: settings.CLICKHOUSE_USER,
    password: embedded ? password : (settings.CLICKHOUSE_PASSWORD ?? ""),
    database: settings.CLICKHOUSE_DATABASE,
    cluster: clusterOf(settings),
  };
}

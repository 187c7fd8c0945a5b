import type { ClickHouseClient } from "@clickhouse/client";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { FastifyBaseLogger } from "fastify";
import { StartError } from "../config.js";
import { explain } from "../explain.js";
import { Trouble } from "../trouble.js";
import type { StoreAddress } from "./client.js";
import { clusterSettings, onCluster } from "./cluster.js";
import { checkCluster } from "./cluster/check.js";
import { migrate } from "./migrate.js";
import { requireAll } from "./requirements.js";
import { applyRetention } from "./retention.js";
import { createViews } from "./views.js";

export interface Preparation {
  /** Resolves after the first try, whether ClickHouse was there or not. Rejects with a StartError for what waiting can't mend. */
  firstTry: Promise<void>;
  /** Resolves once database, tables and views are there. */
  done: Promise<void>;
  prepared: () => boolean;
  stop: () => void;
}

const PAUSE = 2000;

/** Makes the store ready; while ClickHouse is away it tries again, and events wait in the spool. */
export function prepareStore(options: {
  client: ClickHouseClient;
  store: StoreAddress;
  log: FastifyBaseLogger;
  singleSite: string | undefined;
  retentionDays: number;
}): Preparation {
  const { log } = options;
  const trouble = new Trouble(log);
  const told = new Set<string>();
  let ready = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let resolve: () => void;
  const done = new Promise<void>((settle) => {
    resolve = settle;
  });

  const attempt = async (first: boolean): Promise<void> => {
    try {
      await prepareOnce(options, told);
      ready = true;
      trouble.over({}, "ClickHouse is ready");
      resolve();
    } catch (error) {
      if (error instanceof StartError && first) throw error;
      trouble.tell(
        "error",
        { error: explain(error).slice(0, 300) },
        "ClickHouse is not ready; events are kept in the spool",
      );
      if (!stopped) timer = setTimeout(() => void attempt(false), PAUSE);
    }
  };
  const firstTry = attempt(true);
  // Nobody may be waiting for it any more when it fails: the reason is in the log then.
  firstTry.catch((error: unknown) =>
    log.error({ error: String(error) }, "ClickHouse cannot be used"),
  );
  return {
    firstTry,
    done,
    prepared: () => ready,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function prepareOnce(
  options: Parameters<typeof prepareStore>[0],
  told: Set<string>,
): Promise<void> {
  await createDatabase(options.store);
  const { cluster } = options.store;
  const applied = await migrate(options.client, undefined, cluster);
  if (applied.length > 0) options.log.info({ applied }, "migrations applied");
  await createViews(options.client, options.singleSite, cluster);
  await applyRetention(options.client, options.retentionDays, cluster);
  await requireAll(options.client, options.log, told);
}

/** The client's own database may not exist yet, so the one statement that makes it names none. */
export async function createDatabase(store: StoreAddress): Promise<void> {
  const client = createClient({
    url: store.url,
    username: store.user,
    password: store.password,
    log: { level: ClickHouseLogLevel.OFF },
  });
  try {
    if (store.cluster !== undefined) await checkCluster(client, store.cluster);
    await client.command({
      query: `CREATE DATABASE IF NOT EXISTS ${store.database}${onCluster(store.cluster)}`,
      clickhouse_settings: clusterSettings(store.cluster),
    });
  } finally {
    await client.close();
  }
}

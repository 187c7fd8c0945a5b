import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { join, resolve } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyBaseLogger } from "fastify";
import { openWatch } from "./alerts/open.js";
import { buildApp } from "./app.js";
import { closeApp } from "./close.js";
import { type Settings, StartError } from "./config.js";
import { openPlaces } from "./door/places.js";
import { type Embedded, startEmbedded } from "./embedded/index.js";
import { Eraser } from "./erase/eraser.js";
import { Drain } from "./ingest/drain.js";
import { Spool } from "./ingest/spool.js";
import { lockDataDir } from "./lock.js";
import { type Keys, loadKeys, loadSites, SHORT_KEY, type Site } from "./sites.js";
import { readPlan } from "./plan/file.js";
import { readTargets } from "./query/targets-file.js";
import { createStoreClient, type StoreAddress } from "./store/client.js";
import { clusterOf } from "./store/cluster.js";
import { ERASE_SETTINGS } from "./store/erase/index.js";
import { storeInsert } from "./store/insert.js";
import { prepareStore } from "./store/prepare.js";
import { planFiles } from "./surveys/files.js";

export interface Collector {
  /** Where it listens, with the base path. */
  url: string;
  /** The ClickHouse it uses. */
  store: StoreAddress;
  embedded: boolean;
  sites: readonly Site[];
  keys: Keys;
  client: ClickHouseClient;
  /**
   * Answers what is in flight, syncs, inserts for at most `grace` milliseconds, and ends.
   * @returns whether everything reached ClickHouse; what did not is inserted after the next start.
   */
  stop: (grace?: number) => Promise<boolean>;
}

/** Milliseconds for a ClickHouse that takes its time: events are accepted without it. */
const STORE_PATIENCE = 3000;

/** Milliseconds given to the last inserts. */
const GRACE = 3000;

/** Milliseconds given to the step of an erasure, or the alert, that is under way; any may be done again. */
const ERASE_GRACE = 500;

/** Starts everything in order: directory, keys, ClickHouse, spool, drain, HTTP. */
export async function startCollector(
  settings: Settings,
  log: FastifyBaseLogger,
): Promise<Collector> {
  const dataDir = resolve(settings.BALISE_DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const undo: (() => Promise<unknown> | void)[] = [];
  try {
    const unlock = await lockDataDir(dataDir);
    undo.push(unlock);
    const keys = loadKeys(dataDir);
    const sites = loadSites(settings, keys);
    warnOfShortKeys(sites, log);
    const surveyPlans = planFiles(settings, sites);
    const planPath = settings.BALISE_PLAN;
    const plan = planPath === undefined ? undefined : await readPlan(resolve(planPath));
    const targetsPath = settings.BALISE_TARGETS;
    const targets = targetsPath === undefined ? [] : await readTargets(resolve(targetsPath));
    const places = placesOf(settings, log);
    undo.push(() => places?.close());
    const spool = await Spool.open({
      dir: join(dataDir, "spool"),
      maxBytes: settings.BALISE_SPOOL_MAX_BYTES,
    });
    undo.push(() => spool.close());
    const { store, embedded } = await openStore(settings, keys, sites, dataDir, log);
    undo.push(() => embedded?.stop());
    const client = createStoreClient(store);
    undo.push(() => client.close());
    const drain = new Drain({ spool, insert: storeInsert(client), log });
    undo.push(() => drain.stop());
    const eraseClient = createStoreClient(store, ERASE_SETTINGS);
    undo.push(() => eraseClient.close());
    const eraser = await Eraser.open({
      dataDir,
      spool,
      client: eraseClient,
      cluster: store.cluster,
      log,
    });
    const watch = await openWatch({ settings, dataDir, sites, client, log });
    undo.push(() => watch?.stop());
    const singleSite = settings.BALISE_SITES === undefined ? sites[0]?.id : undefined;
    const preparation = prepareStore({
      client,
      store,
      log,
      singleSite,
      retentionDays: settings.BALISE_RETENTION_DAYS,
    });
    undo.push(() => preparation.stop());
    await Promise.race([preparation.firstTry, pause(STORE_PATIENCE)]);
    undo.push(() => eraser.stop());
    const app = await buildApp(
      {
        sites,
        basePath: settings.BALISE_BASE_PATH,
        trustProxy: settings.BALISE_TRUST_PROXY,
        scrubbing: {
          queryParameters: settings.BALISE_QUERY_PARAMETERS,
          unscrubbedProperties: settings.BALISE_UNSCRUBBED_PROPERTIES,
        },
        singleSite,
        minGroup: settings.BALISE_MIN_GROUP,
        surveyPlans,
        plan,
        targets,
        rateLimits: {
          perAddress: settings.BALISE_RATE_LIMIT_ADDRESS,
          perKey: settings.BALISE_RATE_LIMIT_KEY,
        },
      },
      { spool, drain, client, eraser, alerts: watch, log, ...(places !== undefined && { places }) },
    );
    undo.push(() => closeApp(app));
    // Only now: the app counts what the drain inserts.
    void preparation.done.then(() => drain.start());
    void preparation.done.then(() => eraser.start());
    void preparation.done.then(() => watch?.start());
    const origin = await app.listen({ host: settings.BALISE_HOST, port: settings.BALISE_PORT });
    const stop = async (grace = GRACE): Promise<boolean> => {
      await closeApp(app);
      preparation.stop();
      const erasing = Promise.all([eraser.stop(), watch?.stop()]);
      const empty = await drain.finish(preparation.prepared() ? grace : 0);
      await Promise.race([erasing, pause(ERASE_GRACE)]);
      await eraseClient.close();
      await spool.close();
      await client.close();
      await embedded?.stop();
      places?.close();
      unlock();
      return empty;
    };
    return {
      url: `${origin}${settings.BALISE_BASE_PATH}`,
      store,
      embedded: embedded !== undefined,
      sites,
      keys,
      client,
      stop,
    };
  } catch (error) {
    for (const step of undo.toReversed()) await Promise.resolve(step()).catch(() => undefined);
    throw error;
  }
}

function placesOf(
  settings: Settings,
  log: FastifyBaseLogger,
): ReturnType<typeof openPlaces> | undefined {
  const path = settings.BALISE_GEOIP;
  return path === undefined ? undefined : openPlaces(resolve(path), log);
}

function warnOfShortKeys(sites: readonly Site[], log: FastifyBaseLogger): void {
  for (const site of sites) {
    for (const kind of ["secretKey", "readKey"] as const) {
      if (site[kind].length < SHORT_KEY) {
        log.warn(
          { site: site.id, kind },
          `a key of less than ${SHORT_KEY} characters can be guessed`,
        );
      }
    }
  }
}

async function openStore(
  settings: Settings,
  keys: Keys,
  sites: readonly Site[],
  dataDir: string,
  log: FastifyBaseLogger,
): Promise<{ store: StoreAddress; embedded: Embedded | undefined }> {
  const database = settings.CLICKHOUSE_DATABASE;
  if (settings.CLICKHOUSE_URL !== undefined) {
    if (settings.CLICKHOUSE_PASSWORD === undefined)
      log.warn("CLICKHOUSE_PASSWORD is not set: an empty one is used");
    const user = settings.CLICKHOUSE_USER;
    const store = {
      url: settings.CLICKHOUSE_URL,
      user,
      password: settings.CLICKHOUSE_PASSWORD ?? "",
      database,
      cluster: clusterOf(settings),
    };
    return { store, embedded: undefined };
  }
  const user = settings.CLICKHOUSE_USER;
  if (user === READER)
    throw new StartError(
      `CLICKHOUSE_USER=${READER} is the name of the read-only account: choose another`,
    );
  const password = settings.CLICKHOUSE_PASSWORD ?? keys.embeddedPassword;
  // Tables hold all sites: with several of them, no site's key may read them raw.
  const readers =
    settings.BALISE_SITES === undefined
      ? sites.map((site) => ({ user: READER, password: site.readKey }))
      : [];
  const embedded = await startEmbedded({
    dataDir: join(dataDir, "clickhouse"),
    port: settings.BALISE_EMBEDDED_PORT,
    database,
    user,
    password,
    readers,
    log,
  });
  return { store: { url: embedded.url, user, password, database }, embedded };
}

/** The read-only account of the embedded ClickHouse; its password is the read key. */
const READER = "reader";

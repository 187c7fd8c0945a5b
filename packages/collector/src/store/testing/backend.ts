import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { startEmbedded, type Embedded } from "../../embedded/index.js";

/** A ClickHouse to test against: the one that CLICKHOUSE_URL names, or an embedded one in a folder of its own. */
export interface Backend {
  url: string;
  user: string;
  password: string;
  database: string;
  client: ClickHouseClient;
  /** Of the embedded ClickHouse alone: a server's accounts are its operator's business. */
  embedded?: {
    reader: { user: string; password: string };
    /** Where its files are. */
    folder: string;
    /** Ends the process and starts it again on the same folder and port. */
    restart(): Promise<void>;
  };
  /** Drops the database and ends what was started. */
  close(): Promise<void>;
}

// Errors that tests provoke are asserted, not printed.
const log = { level: ClickHouseLogLevel.OFF };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Starts it, with an empty database. */
export async function openBackend(): Promise<Backend> {
  const database = `conformance_${process.pid}_${Date.now()}`;
  const url = process.env["CLICKHOUSE_URL"];
  return url === undefined || url === "" ? openEmbedded(database) : openServer(url, database);
}

async function openServer(url: string, database: string): Promise<Backend> {
  const user = process.env["CLICKHOUSE_USER"] ?? "default";
  const password = process.env["CLICKHOUSE_PASSWORD"] ?? "";
  const plain = createClient({ url, username: user, password });
  await plain.command({ query: `CREATE DATABASE ${database}` });
  const client = createClient({ url, username: user, password, database, log });
  return {
    url,
    user,
    password,
    database,
    client,
    close: async () => {
      await plain.command({ query: `DROP DATABASE ${database}` });
      await Promise.all([client.close(), plain.close()]);
    },
  };
}

async function openEmbedded(database: string): Promise<Backend> {
  const dataDir = await mkdtemp(join(tmpdir(), "balise-conformance-"));
  const user = "owner";
  const password = "owner's secret";
  const reader = { user: "reader", password: "reader's secret" };
  const start = (port: number): Promise<Embedded> =>
    startEmbedded({ dataDir, port, database, user, password, readers: [reader], log: quiet });
  let embedded = await start(0);
  const { url } = embedded;
  const client = createClient({ url, username: user, password, database, log });
  return {
    url,
    user,
    password,
    database,
    client,
    embedded: {
      reader,
      folder: dataDir,
      restart: async () => {
        await embedded.stop();
        embedded = await start(Number(new URL(url).port));
      },
    },
    close: async () => {
      await client.close();
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

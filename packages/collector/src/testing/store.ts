import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import pino from "pino";
import { type Embedded, startEmbedded } from "../embedded/index.js";
import { createStoreClient } from "../store/client.js";
import { migrate } from "../store/migrate.js";
import { createDatabase } from "../store/prepare.js";
import { createViews } from "../store/views.js";

export interface TestStore {
  client: ClickHouseClient;
  url: string;
  close: () => Promise<void>;
}

/**
 * A migrated, empty database on a real ClickHouse: the server of `CLICKHOUSE_URL`, or else an
 * embedded one in a folder of its own.
 */
export async function openTestStore(): Promise<TestStore> {
  const database = `balise_test_${process.pid}_${Date.now()}`;
  const user = process.env["CLICKHOUSE_USER"] ?? "default";
  const password = process.env["CLICKHOUSE_PASSWORD"] ?? "test-password";
  const folder = mkdtempSync(join(tmpdir(), "balise-store-"));
  let embedded: Embedded | undefined;
  if (process.env["CLICKHOUSE_URL"] === undefined) {
    const log = pino({ level: "silent" });
    embedded = await startEmbedded({
      dataDir: join(folder, "clickhouse"),
      port: 0,
      database,
      user,
      password,
      readers: [],
      log,
    });
  }
  const store = {
    url: process.env["CLICKHOUSE_URL"] ?? embedded?.url ?? "",
    user,
    password,
    database,
  };
  await createDatabase(store);
  const client = createStoreClient(store);
  await migrate(client);
  await createViews(client, "default");
  return {
    client,
    url: store.url,
    close: async () => {
      await client.command({ query: `DROP DATABASE IF EXISTS ${database}` });
      await client.close();
      await embedded?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

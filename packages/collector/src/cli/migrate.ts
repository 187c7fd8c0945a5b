import { readSettings, StartError } from "../config.js";
import { explain } from "../explain.js";
import { createStoreClient } from "../store/client.js";
import { clusterOf } from "../store/cluster.js";
import { migrate } from "../store/migrate.js";
import { createDatabase } from "../store/prepare.js";
import { createViews } from "../store/views.js";

/** `balise migrate`: for those who want tables changed before the collectors are. */
export async function runMigrate(): Promise<number> {
  const settings = readSettings(process.env);
  if (settings.CLICKHOUSE_URL === undefined) {
    throw new StartError(
      "CLICKHOUSE_URL is not set: the embedded ClickHouse is migrated by `balise start`",
    );
  }
  const store = {
    url: settings.CLICKHOUSE_URL,
    user: settings.CLICKHOUSE_USER,
    password: settings.CLICKHOUSE_PASSWORD ?? "",
    database: settings.CLICKHOUSE_DATABASE,
    cluster: clusterOf(settings),
  };
  await createDatabase(store).catch((error: unknown) => {
    throw new StartError(explain(error), { cause: error });
  });
  const client = createStoreClient(store);
  try {
    const applied = await migrate(client, undefined, store.cluster);
    await createViews(
      client,
      settings.BALISE_SITES === undefined ? "default" : undefined,
      store.cluster,
    );
    console.log(
      applied.length === 0 ? "nothing to do" : applied.map((name) => `applied ${name}`).join("\n"),
    );
  } finally {
    await client.close();
  }
  return 0;
}

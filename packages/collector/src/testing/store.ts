import type { ClickHouseClient } from "@clickhouse/client";
import { createStoreClient, type StoreAddress } from "../store/client.js";
import { migrate } from "../store/migrate.js";
import { openBackend } from "../store/testing/backend.js";
import { createViews } from "../store/views.js";

export interface TestStore {
  client: ClickHouseClient;
  url: string;
  address: StoreAddress;
  /** Of the embedded ClickHouse alone. */
  folder: string | undefined;
  close: () => Promise<void>;
}

/**
 * A migrated, empty database on a real ClickHouse: the server of `CLICKHOUSE_URL`, or else an
 * embedded one in a folder of its own.
 */
export async function openTestStore(): Promise<TestStore> {
  const backend = await openBackend();
  const client = createStoreClient(backend);
  await migrate(client);
  await createViews(client, "default");
  return {
    client,
    url: backend.url,
    address: backend,
    folder: backend.embedded?.folder,
    close: async () => {
      await client.close();
      await backend.close();
    },
  };
}

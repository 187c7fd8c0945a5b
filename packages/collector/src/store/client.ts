import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from "@clickhouse/client";
import { type Cluster, clusterSettings } from "./cluster.js";

export interface StoreAddress {
  url: string;
  user: string;
  password: string;
  database: string;
  /** The cluster that the server belongs to; without one, it stands alone. */
  cluster?: Cluster | undefined;
}

/** The one way to ClickHouse, embedded or not; every statement runs with the settings. */
export function createStoreClient(
  address: StoreAddress,
  settings: ClickHouseSettings = {},
): ClickHouseClient {
  return createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    database: address.database,
    application: "balise",
    clickhouse_settings: { ...clusterSettings(address.cluster), ...settings },
    request_timeout: 120_000,
    // Failures are told by who asked, once, in the collector's own log.
    log: { level: ClickHouseLogLevel.OFF },
    max_open_connections: 10,
    keep_alive: { enabled: true, idle_socket_ttl: 1500 },
  });
}

import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";

export interface StoreAddress {
  url: string;
  user: string;
  password: string;
  database: string;
}

/** The one way to ClickHouse, embedded or not. */
export function createStoreClient(address: StoreAddress): ClickHouseClient {
  return createClient({
    url: address.url,
    username: address.user,
    password: address.password,
    database: address.database,
    application: "balise",
    request_timeout: 120_000,
    // Failures are told by who asked, once, in the collector's own log.
    log: { level: ClickHouseLogLevel.OFF },
    max_open_connections: 10,
    keep_alive: { enabled: true, idle_socket_ttl: 1500 },
  });
}

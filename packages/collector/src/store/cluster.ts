import type { ClickHouseSettings } from "@clickhouse/client";
import type { Settings } from "../config.js";
import { quoteIdentifier } from "../embedded/sql/quote.js";

/** A cluster of ClickHouse servers, as `remote_servers` of their configuration names it. */
export interface Cluster {
  name: string;
  /** Ours, on every server. */
  database: string;
  /** Replicas that must have an insert before it is acknowledged: a number, or `auto` for most of them. */
  quorum: string;
}

/** The cluster that the settings name, if they name one. */
export function clusterOf(settings: Settings): Cluster | undefined {
  const name = settings.CLICKHOUSE_CLUSTER;
  if (name === undefined) return undefined;
  return {
    name,
    database: settings.CLICKHOUSE_DATABASE,
    quorum: settings.CLICKHOUSE_INSERT_QUORUM,
  };
}

/** What stands in a DDL statement behind the table's name: empty for a single server. */
export function onCluster(cluster: Cluster | undefined): string {
  return cluster === undefined ? "" : ` ON CLUSTER ${quoteIdentifier(cluster.name)}`;
}

/**
 * The table that holds the rows, to alter and to mutate: on a cluster `events` is a Distributed
 * table over the `events_local` of every shard.
 */
export function storedTable(table: string, cluster: Cluster | undefined): string {
  return cluster === undefined ? table : `${table}_local`;
}

/** Seconds that a DDL statement waits for all servers; one that is away finds it in the queue later. */
const DDL_PATIENCE = 30;

/** Milliseconds that an insert waits for its quorum: less than a request may take. */
const QUORUM_PATIENCE = 60_000;

/** What every statement to a cluster sets; nothing for a single server. */
export function clusterSettings(cluster: Cluster | undefined): ClickHouseSettings {
  if (cluster === undefined) return {};
  return {
    // An acknowledged insert is on its shards: in the background it would only be on its way.
    distributed_foreground_insert: 1,
    insert_quorum: cluster.quorum,
    insert_quorum_timeout: QUORUM_PATIENCE,
    distributed_ddl_task_timeout: String(DDL_PATIENCE),
    distributed_ddl_output_mode: "null_status_on_timeout",
    // Numbers without a shard would be wrong numbers.
    skip_unavailable_shards: 0,
  };
}

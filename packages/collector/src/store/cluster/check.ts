import type { ClickHouseClient } from "@clickhouse/client";
import { StartError } from "../../config.js";
import type { Cluster } from "../cluster.js";
import { rowsOf } from "../rows.js";

/**
 * Whether the server knows the cluster and its own place in it.
 * @throws StartError that says what to do.
 */
export async function checkCluster(client: ClickHouseClient, cluster: Cluster): Promise<void> {
  const shards = await rowsOf<{ cluster: string; internal: number }>(
    client,
    "SELECT cluster, min(internal_replication) AS internal FROM system.clusters GROUP BY cluster",
  );
  const found = shards.find((row) => row.cluster === cluster.name);
  if (found === undefined) {
    const names = shards.map((row) => row.cluster).join(", ") || "none";
    throw new StartError(
      `CLICKHOUSE_CLUSTER=${cluster.name} is not a cluster of the server's remote_servers; it knows ${names}`,
    );
  }
  if (found.internal === 0) {
    throw new StartError(
      `the shards of cluster ${cluster.name} need <internal_replication>true</internal_replication> in remote_servers: replicas copy from each other, and every insert counts once`,
    );
  }
  const macros = await rowsOf<{ macro: string }>(client, "SELECT macro FROM system.macros");
  for (const macro of ["shard", "replica"]) {
    if (macros.some((row) => row.macro === macro)) continue;
    throw new StartError(
      `the server's <macros> lack {${macro}}: set shard and replica on every server`,
    );
  }
}

/**
 * Tables of a single server cannot become those of a cluster by a setting, nor the other way.
 * @throws StartError for a database that holds tables of the other kind.
 */
export async function checkKind(
  client: ClickHouseClient,
  cluster: Cluster | undefined,
): Promise<void> {
  const [journal] = await rowsOf<{ engine: string }>(
    client,
    "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  );
  if (journal === undefined) return;
  const replicated = journal.engine.startsWith("Replicated");
  if (replicated && cluster === undefined) {
    throw new StartError(
      "the database holds the tables of a cluster: set CLICKHOUSE_CLUSTER, or name another database in CLICKHOUSE_DATABASE",
    );
  }
  if (!replicated && cluster !== undefined) {
    throw new StartError(
      `the database holds the tables of a single server: name another one in CLICKHOUSE_DATABASE for cluster ${cluster.name} and copy the rows, as README says under "Growing past one machine"`,
    );
  }
}

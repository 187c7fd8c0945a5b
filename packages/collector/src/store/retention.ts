import type { ClickHouseClient } from "@clickhouse/client";
import { type Cluster, onCluster, storedTable } from "./cluster.js";

const TABLES = ["events", "feedback", "contacts"] as const;

/** Days that rejected events are kept at most: for finding out why, not for keeping. */
const REJECTED_DAYS = 90;

/** Makes the tables drop rows so many days after they occurred; 0 keeps them for ever. */
export async function applyRetention(
  client: ClickHouseClient,
  days: number,
  cluster?: Cluster,
): Promise<void> {
  const keep = (table: string, column: string, kept: number): Promise<void> =>
    keepFor(client, { name: storedTable(table, cluster), column, cluster }, kept);
  for (const table of TABLES) await keep(table, "occurred_at", days);
  await keep("follow_up_steps", "changed_at", days);
  const rejected = days === 0 ? REJECTED_DAYS : Math.min(days, REJECTED_DAYS);
  await keep("rejected_events", "received_at", rejected);
}

async function keepFor(
  client: ClickHouseClient,
  table: { name: string; column: string; cluster: Cluster | undefined },
  days: number,
): Promise<void> {
  const current = await currentTtl(client, table.name);
  const alter = `ALTER TABLE ${table.name}${onCluster(table.cluster)}`;
  if (days === 0) {
    if (current !== "") await client.command({ query: `${alter} REMOVE TTL` });
  } else if (!current.includes(`toIntervalDay(${days})`)) {
    const ttl = `toDateTime(${table.column}) + toIntervalDay(${days})`;
    await client.command({ query: `${alter} MODIFY TTL ${ttl}` });
  }
}

async function currentTtl(client: ClickHouseClient, table: string): Promise<string> {
  const result = await client.query({
    query:
      "SELECT create_table_query AS sql FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
    query_params: { table },
    format: "JSONEachRow",
  });
  const [row] = await result.json<{ sql: string }>();
  return /\bTTL (.*?) SETTINGS\b/.exec(row?.sql ?? "")?.[1] ?? "";
}

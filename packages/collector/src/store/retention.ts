import type { ClickHouseClient } from "@clickhouse/client";

const TABLES = ["events", "feedback", "contacts"] as const;

/** Makes the tables drop rows so many days after they occurred; 0 keeps them for ever. */
export async function applyRetention(client: ClickHouseClient, days: number): Promise<void> {
  for (const table of TABLES) {
    const ttl = `toDateTime(occurred_at) + toIntervalDay(${days})`;
    const current = await currentTtl(client, table);
    if (days === 0 && current !== "")
      await client.command({ query: `ALTER TABLE ${table} REMOVE TTL` });
    if (days > 0 && !current.includes(`toIntervalDay(${days})`)) {
      await client.command({ query: `ALTER TABLE ${table} MODIFY TTL ${ttl}` });
    }
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

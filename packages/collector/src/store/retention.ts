import type { ClickHouseClient } from "@clickhouse/client";

const TABLES = ["events", "feedback", "contacts"] as const;

/** Days that rejected events are kept at most: for finding out why, not for keeping. */
const REJECTED_DAYS = 90;

/** Makes the tables drop rows so many days after they occurred; 0 keeps them for ever. */
export async function applyRetention(client: ClickHouseClient, days: number): Promise<void> {
  for (const table of TABLES) await keepFor(client, table, "occurred_at", days);
  const rejected = days === 0 ? REJECTED_DAYS : Math.min(days, REJECTED_DAYS);
  await keepFor(client, "rejected_events", "received_at", rejected);
}

async function keepFor(
  client: ClickHouseClient,
  table: string,
  column: string,
  days: number,
): Promise<void> {
  const current = await currentTtl(client, table);
  if (days === 0) {
    if (current !== "") await client.command({ query: `ALTER TABLE ${table} REMOVE TTL` });
  } else if (!current.includes(`toIntervalDay(${days})`)) {
    const ttl = `toDateTime(${column}) + toIntervalDay(${days})`;
    await client.command({ query: `ALTER TABLE ${table} MODIFY TTL ${ttl}` });
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

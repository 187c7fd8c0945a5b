import type { ClickHouseClient } from "@clickhouse/client";
import { type Cluster, storedTable } from "../cluster.js";
import { rowsOf } from "../rows.js";

/** A table that says of whom its rows are. */
export interface PersonTable {
  /** The one to ask. */
  name: string;
  /** The one that holds the rows: on a cluster the part of it on each server. */
  stored: string;
  columns: ReadonlySet<string>;
}

/**
 * Every table with a column `user_id`, `anonymous_id` or `response_id`, and `rejected_events`, of which
 * the bodies may hold them. They are looked up, so that a table made later is covered. `identities` comes last:
 * which devices are the person's is read from it, also by the next try.
 */
export async function personTables(
  client: ClickHouseClient,
  cluster?: Cluster,
): Promise<PersonTable[]> {
  const rows = await rowsOf<{ table: string; columns: string[] }>(
    client,
    `SELECT table, groupArray(name) AS columns FROM system.columns
     WHERE database = currentDatabase() AND table IN
     (
         SELECT name FROM system.tables
         WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'erasing_')
     )
     GROUP BY table
     HAVING hasAny(columns, ['user_id', 'anonymous_id', 'response_id']) OR table = {rejected:String}
     ORDER BY table = {identities:String}, table`,
    {
      rejected: storedTable("rejected_events", cluster),
      identities: storedTable("identities", cluster),
    },
  );
  for (const { table, columns } of rows) {
    if (!columns.includes("site_id")) {
      throw new Error(
        `table ${table} names persons without a site_id: nobody can be erased from it`,
      );
    }
  }
  return rows.map(({ table, columns }) => ({
    name: cluster === undefined ? table : table.replace(/_local$/, ""),
    stored: table,
    columns: new Set(columns),
  }));
}

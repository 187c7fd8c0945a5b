import type { ClickHouseClient } from "@clickhouse/client";
import { rowsOf } from "../rows.js";

/** A table that says of whom its rows are. */
export interface PersonTable {
  name: string;
  columns: ReadonlySet<string>;
}

/**
 * Every table with a column `user_id` or `anonymous_id`, and `rejected_events`, of which the bodies
 * may hold them. They are looked up, so that a table made later is covered. `identities` comes last:
 * which devices are the person's is read from it, also by the next try.
 */
export async function personTables(client: ClickHouseClient): Promise<PersonTable[]> {
  const rows = await rowsOf<{ table: string; columns: string[] }>(
    client,
    `SELECT table, groupArray(name) AS columns FROM system.columns
     WHERE database = currentDatabase() AND table IN
     (
         SELECT name FROM system.tables
         WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'erasing_')
     )
     GROUP BY table
     HAVING hasAny(columns, ['user_id', 'anonymous_id']) OR table = 'rejected_events'
     ORDER BY table = 'identities', table`,
  );
  for (const { table, columns } of rows) {
    if (!columns.includes("site_id")) {
      throw new Error(
        `table ${table} names persons without a site_id: nobody can be erased from it`,
      );
    }
  }
  return rows.map(({ table, columns }) => ({ name: table, columns: new Set(columns) }));
}

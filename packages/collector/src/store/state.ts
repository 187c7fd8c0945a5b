import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok, warning } from "../finding.js";
import { type Migration, readMigrations } from "./migrate.js";
import { migrationState } from "./migration-state.js";
import { rowsOf } from "./rows.js";

/** What is in the database: whether its tables are of this version, and how they fare. */
export async function checkState(client: ClickHouseClient): Promise<Finding[]> {
  const findings = [await checkMigrations(client)];
  findings.push(await checkParts(client), await checkRejected(client));
  return findings;
}

export async function checkMigrations(
  client: ClickHouseClient,
  migrations: readonly Migration[] = readMigrations(),
): Promise<Finding> {
  const check = "migrations";
  const { applied, pending, edited, unknown } = await migrationState(client, migrations);
  if (unknown.length > 0) {
    const todo = "start the version that applied them, or a newer one";
    return failure(check, `applied by a newer version: ${unknown.join(", ")}`, todo);
  }
  if (edited.length > 0) {
    const todo = "restore the files, and put the changes into new ones";
    return failure(check, `edited after they had been applied: ${edited.join(", ")}`, todo);
  }
  return pending.length > 0
    ? warning(check, `pending: ${pending.join(", ")}`, "start the collector, or run balise migrate")
    : ok(check, `${applied} applied`);
}

/** Share of the parts at which ClickHouse slows inserts down. */
const MANY = 0.5;

/** The table with most parts in one partition: past a limit ClickHouse delays inserts, then refuses them. */
export async function checkParts(client: ClickHouseClient, many = MANY): Promise<Finding> {
  const [most] = await rowsOf<{ table: string; parts: number }>(
    client,
    `SELECT table, toUInt32(count()) AS parts FROM system.parts
     WHERE active AND database = currentDatabase()
     GROUP BY table, partition_id ORDER BY parts DESC LIMIT 1`,
  );
  const [limit] = await rowsOf<{ value: string }>(
    client,
    "SELECT value FROM system.merge_tree_settings WHERE name = 'parts_to_delay_insert'",
  );
  const check = "parts";
  if (most === undefined) return ok(check, "none yet");
  const is = `${most.parts} in a partition of ${most.table}; inserts are delayed from ${limit?.value}`;
  return most.parts > many * Number(limit?.value)
    ? warning(check, is, "look whether merges keep up: system.merges, and the disk of ClickHouse")
    : ok(check, is);
}

/** What was refused lately, by reason. */
export async function checkRejected(client: ClickHouseClient): Promise<Finding> {
  const rows = await rowsOf<{ code: string; n: string }>(
    client,
    `SELECT code, toString(count()) AS n FROM rejected_events
     WHERE received_at > now() - INTERVAL 1 DAY GROUP BY code ORDER BY count() DESC LIMIT 10`,
  );
  const check = "rejected events";
  if (rows.length === 0) return ok(check, "none in the last day");
  const is = rows.map(({ code, n }) => `${n} ${code}`).join(", ");
  return warning(
    check,
    `in the last day: ${is}`,
    "SELECT code, message, body FROM rejected_events",
  );
}

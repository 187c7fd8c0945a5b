import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type ClickHouseClient, ClickHouseError } from "@clickhouse/client";
import { StartError } from "../config.js";
import type { Cluster } from "./cluster.js";
import { checkKind } from "./cluster/check.js";
import { clusterDdl, clusterJournal } from "./cluster/ddl.js";

const folder = new URL("../../migrations/", import.meta.url);

export interface Migration {
  /** `0001_events`: number and name. */
  name: string;
  sql: string;
  /** SHA-256 of the text. */
  hash: string;
}

/** The numbered files, in order; one change each. */
export function readMigrations(from: URL = folder): Migration[] {
  const files = readdirSync(from)
    .filter((file) => file.endsWith(".sql"))
    .toSorted();
  return files.map((file, index) => {
    if (!file.startsWith(`${String(index + 1).padStart(4, "0")}_`)) {
      throw new StartError(
        `migrations/${file} breaks the numbering: number ${index + 1} is missing or used twice`,
      );
    }
    const sql = readFileSync(new URL(file, from), "utf8");
    return {
      name: file.replace(/\.sql$/, ""),
      sql,
      hash: createHash("sha256").update(sql).digest("hex"),
    };
  });
}

/** Which migrations were applied. */
const JOURNAL = `CREATE TABLE IF NOT EXISTS schema_migrations
(name String, hash String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = ReplacingMergeTree ORDER BY name SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/**
 * Applies what has not been applied yet, in order, and records it with its hash.
 * @returns the names of the migrations applied now.
 * @throws StartError when an applied migration was edited, or the database is newer than this version.
 */
export async function migrate(
  client: ClickHouseClient,
  migrations: readonly Migration[] = readMigrations(),
  cluster?: Cluster,
): Promise<string[]> {
  await checkKind(client, cluster);
  await client.command({
    query: cluster === undefined ? JOURNAL : clusterJournal(JOURNAL, cluster),
  });
  const applied = await appliedHashes(client);
  for (const name of applied.keys()) {
    if (!migrations.some((migration) => migration.name === name)) {
      throw new StartError(
        `the database has migration ${name}, which this version does not know: start the version that applied it, or a newer one`,
      );
    }
  }
  const now: string[] = [];
  for (const migration of migrations) {
    const hash = applied.get(migration.name);
    if (hash === migration.hash) continue;
    if (hash !== undefined) {
      throw new StartError(
        `migrations/${migration.name}.sql was edited after it had been applied: restore it and put the change into a new file`,
      );
    }
    await apply(client, migration, cluster);
    now.push(migration.name);
  }
  return now;
}

async function apply(
  client: ClickHouseClient,
  migration: Migration,
  cluster: Cluster | undefined,
): Promise<void> {
  try {
    for (const query of statementsOf(migration, cluster)) await client.command({ query });
  } catch (error) {
    // A connection that broke is no fault of the file: the whole is tried again.
    if (!(error instanceof ClickHouseError)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`migrations/${migration.name}.sql failed: ${why}`, { cause: error });
  }
  await client.insert({
    table: "schema_migrations",
    values: [{ name: migration.name, hash: migration.hash }],
    format: "JSONEachRow",
  });
}

function statementsOf({ name, sql }: Migration, cluster: Cluster | undefined): string[] {
  if (cluster === undefined) return [idempotent(sql)];
  try {
    return clusterDdl(idempotent(sql), cluster);
  } catch (error) {
    throw new StartError(`migrations/${name}.sql: ${String(error)}`, { cause: error });
  }
}

/** A crash between a change and its record, or two collectors starting at once, must not stop a start. */
export function idempotent(sql: string): string {
  return sql
    .replace(
      /^CREATE (TABLE|VIEW|MATERIALIZED VIEW) (?!IF NOT EXISTS)/m,
      "CREATE $1 IF NOT EXISTS ",
    )
    .replace(
      /\bADD (COLUMN|INDEX|PROJECTION|CONSTRAINT|STATISTICS) (?!IF )/g,
      "ADD $1 IF NOT EXISTS ",
    )
    .replace(/\b(DROP|RENAME) COLUMN (?!IF )/g, "$1 COLUMN IF EXISTS ");
}

/** What was applied: the hashes of the files, by name. */
export async function appliedHashes(client: ClickHouseClient): Promise<Map<string, string>> {
  const result = await client.query({
    query:
      "SELECT name, argMax(hash, applied_at) AS hash FROM schema_migrations GROUP BY name ORDER BY name",
    format: "JSONEachRow",
  });
  const rows = await result.json<{ name: string; hash: string }>();
  return new Map(rows.map((row) => [row.name, row.hash]));
}

import type { ClickHouseClient } from "@clickhouse/client";
import { appliedHashes, type Migration, readMigrations } from "./migrate.js";
import { rowsOf } from "./rows.js";

export interface MigrationState {
  applied: number;
  /** Not applied yet. */
  pending: string[];
  /** Applied with another text. */
  edited: string[];
  /** Applied by a version that knew more. */
  unknown: string[];
}

/** Compares the files with what the database has; changes nothing. */
export async function migrationState(
  client: ClickHouseClient,
  migrations: readonly Migration[] = readMigrations(),
): Promise<MigrationState> {
  const journal = await rowsOf(
    client,
    "SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  );
  const applied = journal.length > 0 ? await appliedHashes(client) : new Map<string, string>();
  const names = new Set(migrations.map(({ name }) => name));
  const known = migrations.filter(({ name }) => applied.has(name));
  return {
    applied: known.length,
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    edited: known.filter(({ name, hash }) => applied.get(name) !== hash).map(({ name }) => name),
    unknown: [...applied.keys()].filter((name) => !names.has(name)),
  };
}

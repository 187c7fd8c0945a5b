import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend, type Backend } from "../testing/backend.js";
import type { Cluster } from "../cluster.js";
import { migrate, readMigrations, type Migration } from "../migrate.js";
import { QUERIES } from "../../query/registry.js";
import { createViews } from "../views.js";
import { clusterDdl } from "./ddl.js";

const cluster: Cluster = { name: "eu-1", database: "balise", quorum: "auto" };

/** A client that keeps the statements and answers as an empty server would. */
function recorder(): { client: Backend["client"]; statements: string[] } {
  const statements: string[] = [];
  const client = {
    command: async ({ query }: { query: string }) => void statements.push(query),
    insert: async () => undefined,
    query: async () => ({ json: async () => [] }),
  };
  // A recorder has the three methods that migrations call.
  return { client: client as unknown as Backend["client"], statements };
}

async function statementsOf(migrations?: Migration[]): Promise<string[]> {
  const { client, statements } = recorder();
  await migrate(client, migrations, cluster);
  return statements;
}

describe("the tables of a cluster", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openBackend();
  });
  afterAll(() => backend.close());

  const parses = async (sql: string): Promise<void> => {
    await backend.client.command({ query: `EXPLAIN AST ${sql}` });
  };

  it("are those of the golden files, and every statement is one to ClickHouse's parser", async () => {
    for (const migration of readMigrations()) {
      const statements = await statementsOf([migration]);
      const [journal = "", ...own] = statements;
      await parses(journal);
      for (const statement of own) await parses(statement);
      await expect(`${own.join(";\n\n")};\n`).toMatchFileSnapshot(
        `__golden__/${migration.name}.sql`,
      );
      await expect(`${journal};\n`).toMatchFileSnapshot("__golden__/schema_migrations.sql");
    }
  });

  it("come with the views", async () => {
    const { client, statements } = recorder();
    await createViews(client, "default", cluster);
    const names = statements.map(
      (statement) => /^CREATE OR REPLACE VIEW (\w+) ON CLUSTER `eu-1` AS\n/.exec(statement)?.[1],
    );
    expect(names).toEqual(
      [...QUERIES.values()].flatMap((query) => query.sqlViews("default").map(({ name }) => name)),
    );
    for (const statement of statements) await parses(statement);
  });

  it("change with the changes of later migrations", async () => {
    const changes: [string, string[]][] = [
      [
        "-- A note.\nALTER TABLE events ADD COLUMN `a` Enum8('x, y' = 1) DEFAULT 'x, y', ADD INDEX i a TYPE minmax",
        [
          "ALTER TABLE events_local ON CLUSTER `eu-1` ADD COLUMN `a` Enum8('x, y' = 1) DEFAULT 'x, y', ADD INDEX i a TYPE minmax",
          "ALTER TABLE events ON CLUSTER `eu-1` ADD COLUMN `a` Enum8('x, y' = 1) DEFAULT 'x, y'",
        ],
      ],
      [
        "ALTER TABLE events DROP COLUMN a",
        [
          "ALTER TABLE events ON CLUSTER `eu-1` DROP COLUMN a",
          "ALTER TABLE events_local ON CLUSTER `eu-1` DROP COLUMN a",
        ],
      ],
      [
        "ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 20000, fsync_after_insert = 0",
        [
          "ALTER TABLE events_local ON CLUSTER `eu-1` MODIFY SETTING replicated_deduplication_window = 20000, replicated_deduplication_window_seconds = 31536000, fsync_after_insert = 0",
        ],
      ],
      [
        "CREATE TABLE t\n(\n    a Int8\n)\nENGINE = MergeTree ORDER BY a",
        [
          "CREATE TABLE IF NOT EXISTS t_local ON CLUSTER `eu-1`\n(\n    a Int8\n)\nENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}') ORDER BY a",
          "CREATE TABLE IF NOT EXISTS t ON CLUSTER `eu-1` AS t_local\nENGINE = Distributed('eu-1', 'balise', 't_local', cityHash64(a))",
        ],
      ],
    ];
    for (const [sql, expected] of changes) {
      expect(clusterDdl(sql, cluster)).toEqual(expected);
      for (const statement of expected) await parses(statement);
    }
  });

  it("can be changed again after a crash between two statements", async () => {
    const later = (sql: string): Migration[] => [{ name: "0001_x", sql, hash: "h" }];
    const added = await statementsOf(later("ALTER TABLE events ADD COLUMN a Int8"));
    expect(added.slice(1)).toEqual([
      "ALTER TABLE events_local ON CLUSTER `eu-1` ADD COLUMN IF NOT EXISTS a Int8",
      "ALTER TABLE events ON CLUSTER `eu-1` ADD COLUMN IF NOT EXISTS a Int8",
    ]);
    const dropped = await statementsOf(later("ALTER TABLE events DROP COLUMN a"));
    expect(dropped[1]).toBe("ALTER TABLE events ON CLUSTER `eu-1` DROP COLUMN IF EXISTS a");
  });

  it.each([
    ["CREATE MATERIALIZED VIEW v TO t AS SELECT 1", /write the change as one of them/],
    ["INSERT INTO events SELECT 1", /write the change as one of them/],
    ["CREATE TABLE t (a Int8) ENGINE = Memory", /MergeTree/],
    ["CREATE TABLE t (a Int8) ENGINE = ReplicatedMergeTree ORDER BY a", /MergeTree/],
    ["CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY tuple()", /ORDER BY columns/],
    ["ALTER TABLE events ADD COLUMN a Int8, FREEZE", /cannot take ALTER TABLE events FREEZE/],
  ])("refuse what they cannot follow: %s", (sql, message) => {
    expect(() => clusterDdl(sql, cluster)).toThrow(message);
  });

  it("name the file whose form they cannot follow", async () => {
    const migrations = [{ name: "0001_x", sql: "OPTIMIZE TABLE events", hash: "h" }];
    await expect(statementsOf(migrations)).rejects.toThrow(
      /migrations\/0001_x.sql: .*CREATE TABLE/,
    );
  });
});

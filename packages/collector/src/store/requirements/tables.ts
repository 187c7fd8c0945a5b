import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok, warning } from "../../finding.js";
import { TABLES } from "../../ingest/record.js";
import { rowsOf } from "../rows.js";

interface TableRow {
  name: string;
  engine: string;
  engine_full: string;
}

/** Inserts that a table remembers; the migrations set it. */
const WINDOW = 10_000;

/**
 * The settings of the tables that the drain writes: a memory of tokens, without which a repeated
 * insert counts twice, and parts on disk before the insert is acknowledged, since the spool then
 * forgets the rows.
 */
export async function checkTables(client: ClickHouseClient): Promise<Finding[]> {
  const tables = await rowsOf<TableRow>(
    client,
    `SELECT name, engine, engine_full FROM system.tables
     WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name IN {names:Array(String)}
     ORDER BY name`,
    { names: TABLES.flatMap((table) => [table, `${table}_local`]) },
  );
  const defaults = await defaultSettings(client);
  const findings = tables.flatMap((table) => {
    const value = (setting: string): number => settingOf(table, setting) ?? defaults(setting);
    return [...windowOf(table, value), ...durabilityOf(table, value)];
  });
  const names = tables.map(({ name }) => name).join(", ");
  if (tables.length === 0) {
    return [failure("tables", "there are none", "run `balise migrate`, or start the collector")];
  }
  return findings.length > 0 ? findings : [ok("settings of the tables", names)];
}

/** Of Replicated… engines the window is kept by Keeper, under a setting of its own. */
function windowOf({ name, engine }: TableRow, value: (setting: string) => number): Finding[] {
  const setting = engine.startsWith("Replicated")
    ? "replicated_deduplication_window"
    : "non_replicated_deduplication_window";
  const window = value(setting);
  if (window >= WINDOW) return [];
  const is = `${setting} = ${window}`;
  const todo = `ALTER TABLE ${name} MODIFY SETTING ${setting} = ${WINDOW}`;
  const check = `table ${name}`;
  return window === 0
    ? [failure(check, is, `${todo}: a repeated insert would count twice`)]
    : [warning(check, is, `${todo}: an insert repeated after so many others would count twice`)];
}

/** An insert is on disk when it is acknowledged, and so is what a merge puts in its place. */
const DURABILITY = ["fsync_after_insert", "fsync_part_directory", "min_rows_to_fsync_after_merge"];

function durabilityOf({ name }: TableRow, value: (setting: string) => number): Finding[] {
  const missing = DURABILITY.filter((setting) => value(setting) === 0);
  if (missing.length === 0) return [];
  const wanted = missing.map((setting) => `${setting} = 1`).join(", ");
  const todo = `ALTER TABLE ${name} MODIFY SETTING ${wanted}: a power cut would lose acknowledged inserts`;
  return [warning(`table ${name}`, `${missing.join(" and ")} = 0`, todo)];
}

function settingOf(table: TableRow, setting: string): number | undefined {
  const value = new RegExp(`\\b${setting} = (\\d+|true|false)\\b`).exec(table.engine_full)?.[1];
  if (value === undefined) return undefined;
  return value === "true" ? 1 : Number(value === "false" ? 0 : value);
}

async function defaultSettings(client: ClickHouseClient): Promise<(setting: string) => number> {
  const rows = await rowsOf<{ name: string; value: string }>(
    client,
    `SELECT name, value FROM system.merge_tree_settings
     WHERE name LIKE '%deduplication_window' OR name LIKE '%fsync%'`,
  );
  const values = new Map(rows.map(({ name, value }) => [name, Number(value)]));
  return (setting) => values.get(setting) ?? 0;
}

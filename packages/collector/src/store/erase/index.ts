import type { ClickHouseClient } from "@clickhouse/client";
import { quoteIdentifier, quoteString } from "../../embedded/sql/quote.js";
import { type Cluster, onCluster, storedTable } from "../cluster.js";
import { rowsOf } from "../rows.js";
import { personCondition, type Scope } from "./condition.js";
import type { PersonTable } from "./person-tables.js";

export type { Scope } from "./condition.js";
export { fillIds, idTexts, type Person } from "./ids.js";
export { personTables, type PersonTable } from "./person-tables.js";

/** What the statements of an erasure run with: nothing of them is to stay in ClickHouse's own logs. */
export const ERASE_SETTINGS = {
  log_queries: 0,
  // Replicated tables refuse a mutation that reads another table: its replicas might differ. Ours do not.
  allow_nondeterministic_mutations: 1,
  mutations_sync: "0",
} as const;

/** How many rows of the table are the person's. */
export async function countRows(
  client: ClickHouseClient,
  table: PersonTable,
  scope: Scope,
): Promise<number> {
  const [row] = await rowsOf<{ n: string }>(
    client,
    `SELECT toString(count()) AS n FROM ${quoteIdentifier(table.name)} WHERE ${personCondition(table, scope)}`,
  );
  return Number(row?.n);
}

/** Orders the parts that hold rows of the person to be written anew without them. */
export async function orderErasure(
  client: ClickHouseClient,
  table: PersonTable,
  scope: Scope,
): Promise<void> {
  await client.command({
    query: `ALTER TABLE ${quoteIdentifier(table.stored)}${onCluster(scope.cluster)} DELETE WHERE ${personCondition(table, scope)}`,
  });
}

export interface MutationsLeft {
  parts: number;
  /** Why a mutation does not go on; ClickHouse tries it again. */
  problem: string;
}

/** What ClickHouse still has to do of what was ordered; undefined once that is all done. */
export async function mutationsLeft(
  client: ClickHouseClient,
  { ids, cluster }: Scope,
): Promise<MutationsLeft | undefined> {
  const [row] = await rowsOf<{ mutations: string; parts: string; problem: string }>(
    client,
    `SELECT toString(count()) AS mutations, toString(sum(parts_to_do)) AS parts,
            anyIf(latest_fail_reason, latest_fail_reason != '') AS problem
     FROM ${everywhere("system.mutations", cluster)}
     WHERE ${ofUs(cluster)} AND NOT is_done AND position(command, {ids:String}) > 0`,
    { ids },
  );
  return Number(row?.mutations) === 0
    ? undefined
    : { parts: Number(row?.parts), problem: row?.problem ?? "" };
}

/** Removes the table of ids from the disk at once. @returns ClickHouse's clock, epoch seconds. */
export async function dropIds(client: ClickHouseClient, { ids, cluster }: Scope): Promise<number> {
  await client.command({ query: `DROP TABLE IF EXISTS ${ids}${onCluster(cluster)} SYNC` });
  const [row] = await rowsOf<{ now: number }>(client, "SELECT toUInt32(now()) AS now");
  return row?.now ?? 0;
}

/**
 * How many parts that were replaced until then have still files on the disk: ClickHouse keeps them
 * for a while (`old_parts_lifetime`, 8 minutes on a server).
 */
export async function replacedParts(
  client: ClickHouseClient,
  tables: readonly string[],
  until: number,
  cluster?: Cluster,
): Promise<number> {
  const [row] = await rowsOf<{ n: string }>(
    client,
    `SELECT toString(count()) AS n FROM ${everywhere("system.parts", cluster)}
     WHERE ${ofUs(cluster)} AND table IN {tables:Array(String)}
         AND NOT active AND toUInt32(remove_time) <= {until:UInt32}`,
    { tables: tables.map((table) => storedTable(table, cluster)), until },
  );
  return Number(row?.n);
}

/** A system table of all servers. */
function everywhere(table: string, cluster: Cluster | undefined): string {
  return cluster === undefined
    ? table
    : `clusterAllReplicas(${quoteIdentifier(cluster.name)}, ${table})`;
}

function ofUs(cluster: Cluster | undefined): string {
  return `database = ${cluster === undefined ? "currentDatabase()" : quoteString(cluster.database)}`;
}

/** Asks ClickHouse to look for files to remove now; one that does not let us does it by itself. */
export async function wakeCleanup(
  client: ClickHouseClient,
  tables: readonly string[],
  cluster?: Cluster,
): Promise<void> {
  if (cluster !== undefined) return;
  for (const table of tables) {
    await client
      .command({ query: `SYSTEM START CLEANUP ${quoteIdentifier(table)}` })
      .catch(() => undefined);
  }
}

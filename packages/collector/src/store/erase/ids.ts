import type { ClickHouseClient } from "@clickhouse/client";
import { onCluster } from "../cluster.js";
import { clusterJournal } from "../cluster/ddl.js";
import { rowsOf } from "../rows.js";
import { personCondition, receivedUntil, type Scope } from "./condition.js";
import { wordPattern, writtenForms } from "./written-forms.js";

/** Whom to erase: what the team calls them, the device, or both. */
export interface Person {
  userId?: string | undefined;
  anonymousId?: string | undefined;
}

interface IdRow {
  kind: "user" | "device" | "link" | "pattern" | "response";
  id: string;
}

/**
 * Fills the table of the person's ids, made if need be. A user's devices are those that the product
 * counts as theirs: linked to them first. What it holds already is kept, so that a try after a crash
 * knows the devices of which the links are gone.
 *
 * Ids travel in the bodies of inserts alone: statements and their parameters are in the address of
 * a request, which ClickHouse and proxies log.
 */
export async function fillIds(
  client: ClickHouseClient,
  scope: Scope,
  { userId, anonymousId }: Person,
): Promise<void> {
  await client.command({ query: idTable(scope) });
  if (userId !== undefined) {
    const patterns = writtenForms(userId).map(wordPattern);
    await add(client, scope, [
      { kind: "user", id: userId },
      ...patterns.map((id): IdRow => ({ kind: "pattern", id })),
    ]);
  }
  const devices = userId === undefined ? [] : await devicesOf(client, scope);
  const rows = anonymousId === undefined ? devices : [...devices, anonymousId];
  await add(client, scope, [
    ...rows.flatMap((id): IdRow[] => [
      { kind: "device", id },
      { kind: "pattern", id: `(?i)${id}` },
    ]),
    ...(anonymousId === undefined ? [] : [{ kind: "link", id: anonymousId } as const]),
  ]);
  const responses = await responsesOf(client, scope);
  await add(
    client,
    scope,
    responses.map((id) => ({ kind: "response", id })),
  );
}

async function add(client: ClickHouseClient, scope: Scope, values: IdRow[]): Promise<void> {
  if (values.length === 0) return;
  await client.insert({ table: scope.ids, values, format: "JSONEachRow" });
  // Each server of a cluster reads its own copy.
  const sync = `SYSTEM SYNC REPLICA${onCluster(scope.cluster)} ${scope.ids}`;
  if (scope.cluster !== undefined) await client.command({ query: sync });
}

/** On a cluster every server has a copy, like of the list of migrations. */
function idTable({ ids, cluster }: Scope): string {
  const single = `CREATE TABLE IF NOT EXISTS ${ids} (kind LowCardinality(String), id String)
    ENGINE = MergeTree ORDER BY (kind, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;
  return cluster === undefined ? single : clusterJournal(single, cluster);
}

async function devicesOf(client: ClickHouseClient, scope: Scope): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    client,
    `SELECT toString(anonymous_id) AS id FROM identities
     WHERE site_id = {siteId:String} AND ${receivedUntil("linked_at", scope)}
     GROUP BY anonymous_id
     HAVING argMin(user_id, (linked_at, user_id)) IN (SELECT id FROM ${scope.ids} WHERE kind = 'user')`,
    { siteId: scope.siteId },
  );
  return rows.map(({ id }) => id);
}

/** Of the answers that are the person's: they are erased as well, so what is known once is kept. */
async function responsesOf(client: ClickHouseClient, scope: Scope): Promise<string[]> {
  const table = { name: "feedback", stored: "feedback", columns: FEEDBACK };
  const rows = await rowsOf<{ id: string }>(
    client,
    `SELECT DISTINCT toString(response_id) AS id FROM feedback WHERE ${personCondition(table, scope)}`,
  );
  return rows.map(({ id }) => id);
}

/** The columns of `feedback` that say whose a row is. */
const FEEDBACK: ReadonlySet<string> = new Set(["user_id", "anonymous_id", "received_at"]);

/** Every id of the person as files outside of ClickHouse may hold it. */
export async function idTexts(
  client: ClickHouseClient,
  { ids }: Scope,
  { userId }: Person,
): Promise<string[]> {
  const others = await rowsOf<{ id: string }>(
    client,
    `SELECT DISTINCT id FROM ${ids} WHERE kind IN ('device', 'response')`,
  );
  return [...(userId === undefined ? [] : writtenForms(userId)), ...others.map(({ id }) => id)];
}

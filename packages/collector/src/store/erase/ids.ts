import type { ClickHouseClient } from "@clickhouse/client";
import { onCluster } from "../cluster.js";
import { clusterJournal } from "../cluster/ddl.js";
import { rowsOf } from "../rows.js";
import { receivedUntil, type Scope } from "./condition.js";
import { wordPattern, writtenForms } from "./written-forms.js";

/** Whom to erase: what the team calls them, the device, or both. */
export interface Person {
  userId?: string | undefined;
  anonymousId?: string | undefined;
}

interface IdRow {
  kind: "user" | "device" | "link" | "pattern";
  id: string;
}

/**
 * Fills the table of the person's ids, made if need be. A user's devices are those that the product
 * counts as theirs: linked to them first. What it holds already is kept, so that a try after a crash
 * knows the devices of which the links are gone.
 */
export async function fillIds(
  client: ClickHouseClient,
  scope: Scope,
  { userId, anonymousId }: Person,
): Promise<void> {
  await client.command({ query: idTable(scope) });
  const devices = userId === undefined ? [] : await devicesOf(client, scope, userId);
  if (anonymousId !== undefined) devices.push(anonymousId);
  const rows: IdRow[] = devices.map((id) => ({ kind: "device", id }));
  if (userId !== undefined) rows.push({ kind: "user", id: userId });
  if (anonymousId !== undefined) rows.push({ kind: "link", id: anonymousId });
  for (const form of userId === undefined ? [] : writtenForms(userId)) {
    rows.push({ kind: "pattern", id: wordPattern(form) });
  }
  rows.push(...devices.map((id): IdRow => ({ kind: "pattern", id: `(?i)${id}` })));
  await client.insert({ table: scope.ids, values: rows, format: "JSONEachRow" });
  if (scope.cluster !== undefined) {
    // Each server reads its own copy.
    await client.command({ query: `SYSTEM SYNC REPLICA${onCluster(scope.cluster)} ${scope.ids}` });
  }
}

/** On a cluster every server has a copy, like of the list of migrations. */
function idTable({ ids, cluster }: Scope): string {
  const single = `CREATE TABLE IF NOT EXISTS ${ids} (kind LowCardinality(String), id String)
    ENGINE = MergeTree ORDER BY (kind, id) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;
  return cluster === undefined ? single : clusterJournal(single, cluster);
}

async function devicesOf(
  client: ClickHouseClient,
  scope: Scope,
  userId: string,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    client,
    `SELECT toString(anonymous_id) AS id FROM identities
     WHERE site_id = {siteId:String} AND ${receivedUntil("linked_at", scope)}
     GROUP BY anonymous_id
     HAVING argMin(user_id, (linked_at, user_id)) = {userId:String}`,
    { siteId: scope.siteId, userId },
  );
  return rows.map(({ id }) => id);
}

/** Every id of the person as files outside of ClickHouse may hold it. */
export async function idTexts(
  client: ClickHouseClient,
  { ids }: Scope,
  { userId }: Person,
): Promise<string[]> {
  const devices = await rowsOf<{ id: string }>(
    client,
    `SELECT DISTINCT id FROM ${ids} WHERE kind = 'device'`,
  );
  return [...(userId === undefined ? [] : writtenForms(userId)), ...devices.map(({ id }) => id)];
}

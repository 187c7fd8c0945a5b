import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import type { Spool } from "../ingest/spool.js";
import type { Cluster } from "../store/cluster.js";
import {
  countRows,
  dropIds,
  fillIds,
  idTexts,
  mutationsLeft,
  orderErasure,
  personTables,
  type PersonTable,
  replacedParts,
  type Scope,
  wakeCleanup,
} from "../store/erase/index.js";
import { removeDamaged } from "./damaged.js";
import type { Erasure, ErasureState } from "./erasure.js";

export interface StepContext {
  spool: Spool;
  dataDir: string;
  client: ClickHouseClient;
  cluster?: Cluster | undefined;
  now: () => number;
  /** Lets links of persons that are written once be written again. */
  forget: () => void;
}

/** What is known of an erasure in this process alone: after a crash it begins anew. */
export interface Progress {
  state: ErasureState;
  /** The segments that hold what was accepted before. */
  barrier?: ReadonlySet<string>;
  tables?: readonly PersonTable[];
  ordered?: boolean;
  partsLeft?: number;
  problem?: string;
}

/**
 * The next step towards a table without the person; each may be done again.
 * @returns false: files of ClickHouse are always left to be cleared.
 */
export async function eraseStep(
  context: StepContext,
  erasure: Erasure,
  progress: Progress,
): Promise<false> {
  const scope = scopeOf(context, erasure);
  if (await isWaiting(context, progress)) return false;
  progress.state = "erasing";
  if (progress.tables === undefined) await count(context, scope, erasure, progress);
  else if (progress.ordered !== true) await order(context, scope, progress);
  else await finish(context, scope, erasure, progress);
  return false;
}

/** Whether something accepted before the request is still in the spool. */
async function isWaiting({ spool }: StepContext, progress: Progress): Promise<boolean> {
  if (progress.barrier === undefined) {
    await spool.freeze();
    progress.barrier = new Set(spool.frozen.map(({ name }) => name));
  }
  return spool.frozen.some(({ name }) => progress.barrier?.has(name));
}

async function count(
  { client, forget }: StepContext,
  scope: Scope,
  erasure: Erasure,
  progress: Progress,
): Promise<void> {
  forget();
  await fillIds(client, scope, erasure.person ?? {});
  const tables = await personTables(client, scope.cluster);
  for (const table of tables) {
    // After a crash a part of them may be gone already.
    const before = erasure.removed[table.name] ?? 0;
    erasure.removed[table.name] = Math.max(before, await countRows(client, table, scope));
  }
  progress.tables = tables;
}

async function order({ client }: StepContext, scope: Scope, progress: Progress): Promise<void> {
  for (const table of progress.tables ?? []) {
    if ((await countRows(client, table, scope)) > 0) await orderErasure(client, table, scope);
  }
  progress.ordered = true;
}

async function finish(
  { client, dataDir }: StepContext,
  scope: Scope,
  erasure: Erasure,
  progress: Progress,
): Promise<void> {
  const left = await mutationsLeft(client, scope);
  if (left !== undefined) {
    progress.partsLeft = left.parts;
    if (left.problem !== "") throw new Error(left.problem);
    return;
  }
  delete progress.partsLeft;
  for (const table of progress.tables ?? []) {
    // Somebody killed the mutation: it is ordered again.
    if ((await countRows(client, table, scope)) > 0) progress.ordered = false;
  }
  if (progress.ordered === false) return;
  const texts = await idTexts(client, scope, erasure.person ?? {});
  erasure.damagedFiles += await removeDamaged(join(dataDir, "spool"), texts);
  erasure.erasedAt = await dropIds(client, scope);
  delete erasure.person;
  progress.state = "clearing";
}

/** Whether the files that held the rows have left the disk. */
export async function clearStep(
  { client, cluster }: StepContext,
  erasure: Erasure,
  progress: Progress,
): Promise<boolean> {
  progress.state = "clearing";
  const tables = Object.keys(erasure.removed).filter((table) => (erasure.removed[table] ?? 0) > 0);
  if ((await replacedParts(client, tables, erasure.erasedAt ?? 0, cluster)) === 0) return true;
  await wakeCleanup(client, tables, cluster);
  return false;
}

function scopeOf({ cluster, now }: StepContext, erasure: Erasure): Scope {
  const { siteId, requestId, requestedAt: until } = erasure;
  return { siteId, until, now: now(), ids: `erasing_${requestId.replaceAll("-", "")}`, cluster };
}

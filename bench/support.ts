import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import { startEmbedded } from "../packages/collector/dist/embedded/index.js";
import { createStoreClient } from "../packages/collector/dist/store/client.js";
import { migrate } from "../packages/collector/dist/store/migrate.js";
import { createDatabase } from "../packages/collector/dist/store/prepare.js";

/** An embedded ClickHouse with the product's own tables, in a folder that goes away. */
export async function withStore(work: (client: ClickHouseClient) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "balise-bench-"));
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const account = { user: "default", password: "benchmark", database: "balise" };
  const embedded = await startEmbedded({
    dataDir: folder,
    port: 0,
    ...account,
    readers: [],
    log: silent,
  });
  const store = { url: embedded.url, ...account };
  await createDatabase(store);
  const client = createStoreClient(store);
  try {
    await migrate(client);
    await work(client);
  } finally {
    await client.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs all in turn, several rounds, so that a slow moment of the machine hits each alike; medians. */
export async function compare<Name extends string>(
  candidates: Record<Name, () => Promise<number>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(candidates) as Name[];
  const results = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results.get(name)?.push(await candidates[name]());
  }
  const medians = names.map((name) => [name, median(results.get(name) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Name, number>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function printMachine(): void {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
}

export const rounded = (value: number): string => Math.round(value).toLocaleString("en");

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { StartError } from "../../config.js";
import type { StoreAddress } from "../client.js";
import { createStoreClient } from "../client.js";
import { createDatabase } from "../prepare.js";
import { checkCluster, checkKind } from "./check.js";

const cluster = { name: "eu", database: "balise", quorum: "auto" };

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server whose system tables hold these rows. */
async function answering(tables: Record<string, object[]>): Promise<StoreAddress> {
  server = createServer((request, response) => {
    let sql = "";
    request.on("data", (bytes) => (sql += String(bytes)));
    request.on("end", () => {
      const [, table = ""] = /FROM system\.(\w+)/.exec(sql) ?? [];
      response.end((tables[table] ?? []).map((row) => `${JSON.stringify(row)}\n`).join(""));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return { url, user: "u", password: "p", database: "balise", cluster };
}

const EU = { cluster: "eu", internal: 1 };
const MACROS = [{ macro: "shard" }, { macro: "replica" }];

it.each([
  [{ macros: MACROS }, /CLICKHOUSE_CLUSTER=eu is not a cluster .* it knows none$/],
  [{ clusters: [{ cluster: "us", internal: 1 }], macros: MACROS }, /it knows us$/],
  [{ clusters: [{ ...EU, internal: 0 }], macros: MACROS }, /internal_replication/],
  [{ clusters: [EU], macros: [{ macro: "shard" }] }, /<macros> lack \{replica\}/],
])("stops the start on a server of which %j is all that it tells", async (tables, message) => {
  const address = await answering(tables);
  await expect(createDatabase(address)).rejects.toThrow(message);
  await expect(createDatabase(address)).rejects.toThrow(StartError);
});

it("takes a server that knows the cluster and its place in it", async () => {
  const client = createStoreClient(await answering({ clusters: [EU], macros: MACROS }));
  await expect(checkCluster(client, cluster)).resolves.toBeUndefined();
  await client.close();
});

it.each([
  ["ReplacingMergeTree", cluster, /tables of a single server: name another one/],
  ["ReplicatedReplacingMergeTree", undefined, /tables of a cluster: set CLICKHOUSE_CLUSTER/],
])("stops the start on tables of the other kind: %s", async (engine, wanted, message) => {
  const client = createStoreClient(await answering({ tables: [{ engine }] }));
  await expect(checkKind(client, wanted)).rejects.toThrow(message);
  await client.close();
});

it.each([
  [[{ engine: "ReplacingMergeTree" }], undefined],
  [[{ engine: "ReplicatedReplacingMergeTree" }], cluster],
  [[], cluster],
])("takes tables of its kind, and none: %j", async (tables, wanted) => {
  const client = createStoreClient(await answering({ tables }));
  await expect(checkKind(client, wanted)).resolves.toBeUndefined();
  await client.close();
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import { createStoreClient } from "../client.js";
import { type Cluster, onCluster } from "../cluster.js";

/**
 * Two real ClickHouse servers, a shard each, with Distributed queries and inserts between them. Two
 * things of a cluster need a Keeper, which these servers do not have, and are stood in for: what
 * says ON CLUSTER is sent to each server, and a replicated table is a plain one there.
 */
export interface TestCluster {
  cluster: Cluster;
  urls: readonly string[];
  /** One a server. */
  clients: readonly [ClickHouseClient, ClickHouseClient];
  close: () => Promise<void>;
}

const SHARDS = [1, 2] as const;

/** Starts it with an empty database. */
export async function startCluster(): Promise<TestCluster> {
  const dir = await mkdtemp(join(tmpdir(), "balise-cluster-"));
  const cluster = { name: "two-shards", database: "balise", quorum: "auto" };
  const ports = await freePorts(SHARDS.length * 2);
  const tcp = ports.slice(0, SHARDS.length);
  const servers = SHARDS.map((shard, at) => {
    const path = join(dir, String(shard));
    writeFileSync(`${path}.xml`, configuration(cluster.name, shard, tcp));
    return startServer([
      `--config-file=${path}.xml`,
      `--path=${path}`,
      "--listen_host=127.0.0.1",
      `--tcp_port=${tcp[at]}`,
      `--http_port=${ports[SHARDS.length + at]}`,
    ]);
  });
  const urls = ports.slice(SHARDS.length).map((port) => `http://127.0.0.1:${port}`);
  const [one, two] = urls.map((url) =>
    createStoreClient({ url, user: "default", password: "", database: "balise", cluster }),
  );
  if (one === undefined || two === undefined) throw new Error("two shards");
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), two.close(), ...servers.map(end)]);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    for (const url of urls) await makeDatabase(url, cluster.database);
  } catch (error) {
    await close();
    throw error;
  }
  sendToAll([one, two], onCluster(cluster));
  return { cluster, urls, clients: [one, two], close };
}

function sendToAll(clients: readonly ClickHouseClient[], clause: string): void {
  const all = clients.map((client) => client.command.bind(client));
  for (const client of clients) {
    const own = client.command.bind(client);
    client.command = async (parameters) => {
      if (!parameters.query.includes(clause)) return own(parameters);
      const query = withoutKeeper(parameters.query.replace(clause, ""));
      const [first] = await Promise.all(all.map((command) => command({ ...parameters, query })));
      return first ?? own(parameters);
    };
  }
}

function withoutKeeper(sql: string): string {
  return sql
    .replace(/ENGINE = Replicated(\w+)\('[^']*', '[^']*'(?:, )?/, "ENGINE = $1(")
    .replace(
      /\breplicated_deduplication_window = (\d+), replicated_deduplication_window_seconds = \d+/,
      "non_replicated_deduplication_window = $1",
    );
}

function startServer(args: readonly string[]): ChildProcess {
  const entry = new URL("./server.ts", import.meta.url).pathname;
  return spawn(process.execPath, ["--import", "tsx", entry, ...args], {
    cwd: new URL(".", import.meta.url).pathname,
    stdio: "ignore",
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.kill("SIGKILL");
  await exit;
}

function configuration(name: string, shard: number, ports: readonly number[]): string {
  const shards = ports.map(
    (port) =>
      `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`,
  );
  return `<clickhouse>
    <remote_servers><${name}>${shards.join("")}</${name}></remote_servers>
    <macros><shard>${shard}</shard><replica>one</replica></macros>
    <zookeeper><implementation>testkeeper</implementation></zookeeper>
  </clickhouse>`;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  const ports: number[] = [];
  for (const server of servers) {
    if (!server.listening) await once(server, "listening");
    const address = server.address();
    if (typeof address === "object" && address !== null) ports.push(address.port);
  }
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/** Waits for the server to listen. */
async function makeDatabase(url: string, database: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const body = `CREATE DATABASE IF NOT EXISTS ${database}`;
      const response = await fetch(url, { method: "POST", body });
      if (response.ok) return;
      throw new Error(await response.text());
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
  }
}

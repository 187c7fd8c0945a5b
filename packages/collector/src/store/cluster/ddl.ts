/**
 * The migrations' statements for a cluster. Rows are in replicated tables, `events_local`, and one
 * reads and writes the Distributed tables over them, `events`.
 *
 * A row's shard follows from the row alone: an insert that is repeated reaches the same shards with
 * the same rows, which its token needs, and copies of an event meet in one shard's merges. No answer
 * depends on where a row lies.
 */
import { lex, type Token } from "../../embedded/sql/lex.js";
import { quoteString } from "../../embedded/sql/quote.js";
import { alterOnCluster } from "./alter.js";
import { replicatedSettings } from "./window.js";
import { type Cluster, onCluster, storedTable } from "../cluster.js";

/**
 * Where Keeper knows the replicas of a shard's table. By the table's name, not by its UUID: a server
 * that is added later makes its table with another UUID and must still find its replicas.
 */
const KEEPER_PATH = "/clickhouse/tables/{shard}/{database}/{table}";

/**
 * @returns the statements that do on a cluster what the statement does on a single server.
 * @throws Error for a statement whose form is not known.
 */
export function clusterDdl(sql: string, cluster: Cluster): string[] {
  const tokens = [...lex(sql)];
  const [, second] = tokens;
  const words = tokens.map(({ text }) => text.toUpperCase());
  const end = tokens.at(-1)?.end ?? 0;
  if (words[0] === "CREATE" && words[1] === "TABLE") return createTable(sql, tokens, cluster);
  if (words[0] === "ALTER" && words[1] === "TABLE" && second !== undefined) {
    return alterOnCluster(sql.slice(second.end, end), cluster);
  }
  const view = /^CREATE( OR REPLACE)? VIEW( IF NOT EXISTS)? \w+/.exec(sql.slice(tokens[0]?.start));
  if (view !== null) {
    const start = tokens[0]?.start ?? 0;
    return [`${view[0]}${onCluster(cluster)}${sql.slice(start + view[0].length, end)}`];
  }
  throw new Error(
    "a cluster needs one CREATE TABLE of a MergeTree, CREATE VIEW or ALTER TABLE: write the change as one of them",
  );
}

function createTable(sql: string, tokens: readonly Token[], cluster: Cluster): string[] {
  const open = tokens.findIndex(({ text, depth }) => text === "(" && depth === 0);
  const close = tokens.findIndex(({ text, depth }, at) => at > open && text === ")" && depth === 0);
  const engine = /^\s*ENGINE = (\w*MergeTree)(?:\(([^()]*)\))?/.exec(sql.slice(tokens[close]?.end));
  const name = tokens[open - 1]?.text;
  const [, family = "", versions] = engine ?? [];
  if (name === undefined || engine === null || family.startsWith("Replicated")) {
    throw new Error("a cluster needs CREATE TABLE name (columns) ENGINE = …MergeTree");
  }
  const from = tokens[open]?.start ?? 0;
  const columns = sql.slice(from, tokens[close]?.end);
  const clauses = sql.slice(from + columns.length + engine[0].length, tokens.at(-1)?.end);
  const stored = storedTable(name, cluster);
  const args = [quoteString(KEEPER_PATH), "'{replica}'", ...(versions ? [versions] : [])];
  const place = [cluster.name, cluster.database, stored].map(quoteString);
  return [
    `CREATE TABLE IF NOT EXISTS ${stored}${onCluster(cluster)}\n${columns}\nENGINE = Replicated${family}(${args.join(", ")})${replicatedSettings(clauses)}`,
    `CREATE TABLE IF NOT EXISTS ${name}${onCluster(cluster)} AS ${stored}\nENGINE = Distributed(${[...place, shardingKey(columns, clauses)].join(", ")})`,
  ];
}

/** A person's rows are on one shard, as far as an event itself knows the person; other rows go by their sort key. */
function shardingKey(columns: string, clauses: string): string {
  if (/^\s*person_key /m.test(columns)) return "person_key";
  const sortKey = /\bORDER BY \(?([\w, ]+?)\)?$/m.exec(clauses)?.[1];
  if (sortKey === undefined) throw new Error("a cluster needs ORDER BY columns, or a person_key");
  return `cityHash64(${sortKey})`;
}

/** The list of applied migrations: one replicated table that every server of the cluster has a copy of. */
export function clusterJournal(sql: string, cluster: Cluster): string {
  return sql
    .replace(/^(CREATE TABLE IF NOT EXISTS \w+)/, `$1${onCluster(cluster)}`)
    .replace(
      /ENGINE = (\w+)/,
      "ENGINE = Replicated$1('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}')",
    );
}

import { exception, toException } from "../exception.js";
import type { Connection } from "./connection.js";

/** Statements that a reader may send, as the root of ClickHouse's own syntax tree names them. */
const ROOTS =
  /^(SelectWithUnionQuery|ShowTables|ShowColumns|ShowFunctions|ShowIndexes|ExistsTableQuery|ExistsViewQuery|ExistsDatabaseQuery|ShowCreateTableQuery|ShowCreateViewQuery|DescribeQuery|Explain)\b[^"\t]*$/;

/** Tables of `system` that BI tools read and that tell nothing about other people's queries, files or secrets. */
const SYSTEM_TABLES = new Set(
  "aggregate_function_combinators build_options collations columns completions contributors data_skipping_indices data_type_families database_engines databases documentation formats functions keywords licenses numbers numbers_mt one parts parts_columns settings table_engines table_functions tables time_zones zeros zeros_mt".split(
    " ",
  ),
);

/** Table functions that read neither files, nor sockets, nor tables by a pattern. All the others are refused. */
const TABLE_FUNCTIONS = new Set(
  "generaterandom generateseries generate_series null numbers numbers_mt primes values view zeros zeros_mt format".split(
    " ",
  ),
);

/**
 * Scalar functions that `readonly = 1` lets through although they read files, open sockets or write the log.
 * Measured: `SELECT file('/etc/hostname')` answers under `readonly = 1`.
 */
const SCALAR_FUNCTIONS =
  /^(file|catboostevaluate|showcertificate|reversednsquery|logtrace|getclienthttpheader|dictgetkeys|eval|ai[a-z]+)$/;

/** Decides whether a reader may run a statement. */
export interface Guard {
  /**
   * @param connection prepared for the statement, parameters included, and already `readonly = 1`
   * @throws ClickHouseException when the statement is not for readers
   */
  check(connection: Connection, text: string, database: string): Promise<void>;
}

/**
 * `readonly = 1` stops what changes data or settings, but still lets a statement read files (`file()` as a scalar,
 * `DESCRIBE TABLE file(…)`), write them (`INTO OUTFILE`), open sockets (`DESCRIBE TABLE url(…)`), stop merges and
 * see other people's queries. So every statement is parsed by ClickHouse itself (`EXPLAIN AST`, 0.3 ms), after
 * parameters were substituted, and only known kinds of nodes pass. What is checked is what is run.
 *
 * @param tableFunctions names in `system.table_functions` of this engine
 */
export function createGuard(tableFunctions: string[]): Guard {
  const refused = new Set(
    tableFunctions.map((name) => name.toLowerCase()).filter((name) => !TABLE_FUNCTIONS.has(name)),
  );
  const isRefused = (name: string): boolean =>
    refused.has(name.toLowerCase()) || SCALAR_FUNCTIONS.test(name.toLowerCase());

  return {
    check: async (connection, text, database) => {
      // A keyword cannot be escaped or quoted: no text without these letters can write a file.
      if (/outfile|infile/i.test(text)) {
        throw exception("INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed for readers.");
      }
      if (database.toLowerCase() === "system") throw denied("the database system");
      const explain = `EXPLAIN AST ${text}`;
      mustBeOne(connection, explain);
      const tree = (await connection.run(explain, "TSVRaw")).text().split("\n");
      if (!ROOTS.test(tree[0] ?? "")) throw denied("this kind of statement");
      // On a subquery the engine accepts SETTINGS even under readonly = 1.
      if (tree.some((line) => /^ +Set\b/.test(line))) {
        throw exception("READONLY", "Cannot modify settings in readonly mode.");
      }
      for (const line of tree) {
        const fault = faultOf(line.trimStart(), isRefused);
        if (fault !== undefined) throw denied(fault);
      }
    },
  };
}

const denied = (what: string) =>
  exception(
    "ACCESS_DENIED",
    `Not enough privileges: ${what} is not for readers. Readers may SELECT from tables and views.`,
  );

/**
 * chDB runs `a; b` as two statements on the ordinary path. The streaming path refuses that while parsing and then
 * refuses EXPLAIN because it cannot stream it: exactly this second refusal proves that there is one statement.
 */
function mustBeOne(connection: Connection, explain: string): void {
  let stream;
  try {
    stream = connection.stream(explain, "TSVRaw");
  } catch (error) {
    const refusal = toException(error);
    if (refusal.message.includes("Streaming query is not supported for query")) return;
    throw refusal;
  }
  stream.cancel();
  throw denied("this kind of statement");
}

/** What is wrong with one line of the syntax tree, in words. */
function faultOf(line: string, isRefused: (name: string) => boolean): string | undefined {
  const [, kind = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const name = rest.replace(/ \((alias|children) .*$/, "");
  // The tree does not tell which function is applied.
  if (kind === "ColumnsApplyTransformer") return "APPLY";
  if (kind === "Function" && isRefused(name)) return `the function ${name}`;
  if (kind !== "Identifier" && kind !== "TableIdentifier") return undefined;
  // arrayMap(file, …) names a function without calling it.
  if (kind === "Identifier" && SCALAR_FUNCTIONS.test(name.toLowerCase())) return `the name ${name}`;
  const table = /^system\.(.+)$/i.exec(name)?.[1];
  if (table === undefined) return undefined;
  return SYSTEM_TABLES.has(table) ? undefined : `system.${table}`;
}

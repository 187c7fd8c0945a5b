import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startForTest, type TestEmbedded } from "./testing/start.js";

let embedded: TestEmbedded;
const out = join(tmpdir(), `balise-reader-${process.pid}.csv`);

beforeAll(async () => {
  embedded = await startForTest();
  for (const query of [
    "CREATE TABLE t (id UInt64, s String) ENGINE = MergeTree ORDER BY id",
    "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
    "CREATE VIEW v AS SELECT id FROM t WHERE s = {s:String}",
  ]) {
    await embedded.must(query);
  }
});
afterAll(() => embedded.destroy());

describe("a reader may", () => {
  test.each([
    ["SELECT count() FROM t", "2\n"],
    ["SELECT s FROM t WHERE id = {id:UInt64}", "a\n"],
    ["SELECT s FROM {table:Identifier} WHERE id = 1", "a\n"],
    ["SELECT id FROM v(s = 'b')", "2\n"],
    ["WITH x AS (SELECT 1 AS a) SELECT a FROM x", "1\n"],
    ["SELECT sum(number) FROM numbers(4)", "6\n"],
    ["SELECT format('{}-{}', 'a', 'b')", "a-b\n"],
    ["SELECT 'file(1) INTO system.processes; url()'", "file(1) INTO system.processes; url()\n"],
    ["SELECT name FROM system.tables WHERE database = 'balise' ORDER BY name", "t\nv\n"],
    [
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'balise' AND table_name = 't'",
      "t\n",
    ],
    ["SHOW TABLES", "t\nv\n"],
    ["EXISTS TABLE t", "1\n"],
  ])("%s", async (query, text) => {
    const parameters = { param_id: "1", param_table: "t" };
    expect(await embedded.ask(query, "reader", parameters)).toEqual({
      status: 200,
      code: null,
      text,
    });
  });

  test("choose a format that is not streamed", async () => {
    const { text } = await embedded.ask("SELECT s FROM t ORDER BY id FORMAT JSONCompact", "reader");
    expect(JSON.parse(text)).toMatchObject({ data: [["a"], ["b"]], rows: 2 });
  });
});

/** Refusals by this process (164, 358, 497, 62, 78) or by the engine: what counts is that nothing happens. */
const REFUSED = [
  "36",
  "46",
  "48",
  "60",
  "62",
  "78",
  "81",
  "164",
  "318",
  "344",
  "358",
  "456",
  "497",
  "701",
];

describe("a reader may not", () => {
  test.each([
    // read files
    "SELECT * FROM file('/etc/hostname', 'RawBLOB')",
    "SELECT file('/etc/hostname')",
    "SELECT `f\\x69le`('/etc/hostname')",
    "SELECT \"file\"/**/('/etc/hostname')",
    "SELECT arrayMap(file, ['/etc/hostname'])",
    "SELECT * APPLY(file) FROM (SELECT '/etc/hostname')",
    "SELECT * APPLY file FROM (SELECT '/etc/hostname')",
    "SELECT * REPLACE(file('/etc/hostname') AS s) FROM t",
    "WITH file('/etc/hostname') AS x SELECT x",
    "WITH (p -> file(p)) AS f SELECT f('/etc/hostname')",
    "SELECT 1 WHERE '' = (SELECT file('/etc/hostname')) UNION ALL SELECT 2",
    "SELECT id FROM t ORDER BY file('/etc/hostname')",
    "DESCRIBE TABLE file('/etc/hostname', 'RawBLOB')",
    "DESC file('/etc/hostname')",
    "EXPLAIN SELECT file('/etc/hostname')",
    "EXPLAIN PLAN SELECT * FROM file('/etc/hostname', 'RawBLOB')",
    "SELECT * FROM `/etc/hostname`",
    "SELECT * FROM '/etc/hostname'",
    "SELECT * FROM default.`/etc/hostname`",
    "SELECT 1 IN file('/etc/hostname', 'RawBLOB')",
    "SELECT * FROM fileCluster('default', '/etc/hostname', 'RawBLOB')",
    "SELECT * FROM filesystem('/etc')",
    "SELECT * FROM sqlite('/etc/hostname', 't')",
    "SELECT * FROM icebergLocal('/etc')",
    "SELECT catboostEvaluate('/etc/hostname', 1)",
    "SELECT * FROM view(SELECT file('/etc/hostname'))",
    // write files
    `SELECT 1 INTO OUTFILE '${out}'`,
    `SELECT 1 INTO/**/OUTFILE '${out}' TRUNCATE`,
    `SELECT 1 FORMAT CSV INTO OUTFILE '${out}'`,
    `EXPLAIN SELECT 1 INTO OUTFILE '${out}'`,
    `SHOW TABLES INTO OUTFILE '${out}'`,
    `INSERT INTO FUNCTION file('${out}', 'CSV', 'x Int8') VALUES (1)`,
    `INSERT INTO t FROM INFILE '/etc/hostname' FORMAT LineAsString`,
    `BACKUP TABLE t TO File('${out}')`,
    // open connections
    "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'x Int8')",
    "DESCRIBE TABLE url('http://127.0.0.1:1/')",
    "SELECT * FROM s3('http://127.0.0.1:1/bucket/a.csv')",
    "SELECT * FROM gcs('http://127.0.0.1:1/bucket/a.csv')",
    "SELECT * FROM azureBlobStorage('x', 'y', 'z')",
    "SELECT * FROM deltaLake('http://127.0.0.1:1/bucket/')",
    "SELECT * FROM hdfs('hdfs://127.0.0.1:1/x', 'CSV', 'x Int8')",
    "SELECT * FROM remote('127.0.0.1:1', system.one)",
    "SELECT * FROM remoteSecure('127.0.0.1:1', system.one)",
    "SELECT * FROM cluster('default', system.one)",
    "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
    "SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
    "SELECT * FROM mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x Int8')",
    "SELECT * FROM redis('127.0.0.1:1', 'k', 'k String')",
    "SELECT * FROM odbc('a', 'b', 'c')",
    "SELECT * FROM jdbc('a', 'b', 'c')",
    "SELECT aiGenerate('x', 'y')",
    // run programs
    "SELECT * FROM executable('ls', 'TSV', 'x String')",
    "!ls",
    // see others
    "SELECT * FROM system.processes",
    "SELECT * FROM `system`.`processes`",
    'SELECT * FROM "system"."pro\\x63esses"',
    "SELECT * FROM {db:Identifier}.{name:Identifier}",
    "SELECT * FROM {full:Identifier}",
    "SELECT (SELECT count() FROM system.errors)",
    "SELECT 1 IN system.processes",
    "SELECT * FROM merge('system', '^processes$')",
    "SELECT * FROM loop(system.processes) LIMIT 1",
    "SELECT * FROM system.named_collections",
    "SELECT * FROM system.server_settings",
    "SELECT * FROM system.stack_trace",
    "SELECT * FROM system.disks",
    "SHOW PROCESSLIST",
    "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))",
    "SELECT * FROM dictionary('x')",
    // write
    "INSERT INTO t VALUES (9, 'x')",
    "/* c */ INSERT INTO t VALUES (9, 'x')",
    "-- c\nINSERT INTO t SELECT 9, 'x'",
    "WITH x AS (SELECT 9 AS id, 'x' AS s) INSERT INTO t SELECT * FROM x",
    "CREATE TABLE x (a Int8) ENGINE = Memory",
    "CREATE TEMPORARY TABLE x (a Int8)",
    "CREATE VIEW w AS SELECT * FROM file('/etc/hostname', 'RawBLOB')",
    "CREATE FUNCTION f AS (x) -> x",
    "CREATE DICTIONARY d (x UInt64) PRIMARY KEY x SOURCE(HTTP(URL 'http://127.0.0.1:1/' FORMAT CSV)) LAYOUT(FLAT()) LIFETIME(1)",
    "CREATE USER u",
    "GRANT ALL ON *.* TO default",
    "DROP TABLE t",
    "DETACH TABLE t",
    "TRUNCATE TABLE t",
    "OPTIMIZE TABLE t",
    "ALTER TABLE t DELETE WHERE 1",
    "DELETE FROM t WHERE 1",
    "RENAME TABLE t TO u",
    "ATTACH DATABASE x ENGINE = Atomic",
    // change or stop
    "SET max_threads = 3",
    "SET readonly = 0",
    "SELECT 1 SETTINGS readonly = 0",
    "SELECT 1 SETTINGS max_execution_time = 0",
    "SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)",
    "USE system",
    "SYSTEM STOP MERGES",
    "SYSTEM FLUSH LOGS",
    "SYSTEM SHUTDOWN",
    "KILL QUERY WHERE 1",
    "EXPLAIN AST SYSTEM STOP MERGES; SYSTEM STOP MERGES",
    "CHECK TABLE t",
    // several statements
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE t",
    "SELECT 1 FORMAT Null; DROP TABLE t",
    "SELECT 1 -- \n; DROP TABLE t",
    "SELECT $x$ $x$; DROP TABLE t",
    "SELECT ‘a’; DROP TABLE t",
  ])("%s", async (query) => {
    const parameters = {
      param_db: "system",
      param_name: "processes",
      param_full: "system.processes",
    };
    const answer = await embedded.ask(query, "reader", parameters);
    expect(answer).toMatchObject({ code: expect.toSatisfy((code) => REFUSED.includes(code)) });
    expect(answer.status).not.toBe(200);
  });

  test.each([
    ["readonly", "0"],
    ["max_execution_time", "0"],
    ["max_threads", "64"],
    ["format_schema", "/etc/hostname"],
  ])("set %s = %s in the URL", async (name, value) => {
    const answer = await embedded.ask("SELECT 1", "reader", { [name]: value });
    expect(answer).toMatchObject({ status: 500, code: "164" });
  });

  test("make system the current database", async () => {
    const answer = await embedded.ask("SELECT * FROM processes", "reader", { database: "system" });
    expect(answer).toMatchObject({ code: "497" });
  });

  test("take more rows than the limit, or more time", async () => {
    const rows = await embedded.ask("SELECT number FROM numbers(1000001) FORMAT JSON", "reader");
    expect(rows).toMatchObject({ code: "396" });
    const time = await embedded.ask("SELECT count() FROM numbers(1000000000000)", "reader", {
      max_execution_time: "1",
    });
    expect(["158", "159"]).toContain(time.code);
  });
});

test("after all attacks the table is as it was, no file was written, and the owner's settings stand", async () => {
  expect((await embedded.ask("SELECT count(), sum(id) FROM t")).text).toBe("2\t3\n");
  await expect(access(out)).rejects.toThrow("ENOENT");
  expect((await embedded.ask("SELECT getSetting('readonly')")).text).toBe("0\n");
});

test("what one reader gives as a parameter is unknown to the next request", async () => {
  const query = "SELECT {secret:String}";
  expect(await embedded.ask(query, "reader", { param_secret: "x" })).toMatchObject({ text: "x\n" });
  expect(await embedded.ask(query, "reader")).toMatchObject({ code: "456" });
  expect(await embedded.ask(query)).toMatchObject({ code: "456" });
});

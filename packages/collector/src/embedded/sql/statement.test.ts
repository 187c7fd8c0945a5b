import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lex } from "./lex.js";
import { quoteIdentifier, quoteString } from "./quote.js";
import { readStatement } from "./statement.js";

const kinds = (source: string) => [...lex(source)].map((token) => token.text);

describe("lex", () => {
  test("skips comments and keeps strings whole", () => {
    expect(kinds("SELECT /* ; */ 'a;''b\\'c' -- ;\n, `x;y` # ;\n, $h$;$h$")).toEqual([
      "SELECT",
      "'a;''b\\'c'",
      ",",
      "`x;y`",
      ",",
      "$h$;$h$",
    ]);
  });

  test("covers every text without throwing, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (source) => {
        let last = 0;
        for (const token of lex(source)) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeGreaterThan(token.start);
          expect(source.slice(token.start, token.end)).toBe(token.text);
          last = token.end;
        }
      }),
    );
  });

  test("reads any quoted value as one token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(kinds(`${quoteString(value)};`)).toHaveLength(2);
        expect(kinds(`${quoteIdentifier(value)};`)).toHaveLength(2);
      }),
    );
  });
});

describe("readStatement", () => {
  test.each([
    ["INSERT INTO t FORMAT JSONEachRow {}", "INSERT INTO t ", "", "JSONEachRow", "{}"],
    [
      "insert into db.t (a, `b`) values (1);(2)",
      "insert into db.t (a, `b`) ",
      "",
      "Values",
      " (1);(2)",
    ],
    [
      "INSERT INTO t SETTINGS a='FORMAT x' FORMAT CSV\n1;2",
      "INSERT INTO t ",
      "SETTINGS a='FORMAT x' ",
      "CSV",
      "1;2",
    ],
    [
      "/* SELECT */ INSERT INTO TABLE values FORMAT TSV;\nx",
      "/* SELECT */ INSERT INTO TABLE values ",
      "",
      "TSV",
      "x",
    ],
    ["INSERT INTO format FORMAT RowBinary\n\n", "INSERT INTO format ", "", "RowBinary", "\n"],
  ])("splits %j into head, settings, format and rows", (source, head, settings, format, rows) => {
    const statement = readStatement(source);
    expect(statement).toMatchObject({ kind: "insert", head, settings, format });
    expect(statement.kind === "insert" && source.slice(statement.dataStart)).toBe(rows);
  });

  test("finds the rows whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (rows) => {
        const source = `INSERT INTO t FORMAT JSONEachRow\n${rows}`;
        const statement = readStatement(source);
        expect(statement.kind === "insert" && source.slice(statement.dataStart)).toBe(rows);
      }),
    );
  });

  test.each([
    ["SELECT 1 FORMAT JSON", "SELECT 1 ", "JSON", true],
    [
      "SELECT 1 FORMAT JSON SETTINGS max_threads = 1;",
      "SELECT 1  SETTINGS max_threads = 1",
      "JSON",
      true,
    ],
    ["(SELECT 'FORMAT CSV') -- FORMAT TSV", "(SELECT 'FORMAT CSV') -- FORMAT TSV", undefined, true],
    ["SELECT format FROM t", "SELECT format FROM t", undefined, true],
    ["SELECT format('{}', x) AS format", "SELECT format('{}', x) AS format", undefined, true],
    [
      "WITH x AS (SELECT 1) SELECT * FROM x",
      "WITH x AS (SELECT 1) SELECT * FROM x",
      undefined,
      true,
    ],
    ["SHOW TABLES FORMAT CSV", "SHOW TABLES ", "CSV", false],
    ["EXPLAIN SELECT 1", "EXPLAIN SELECT 1", undefined, false],
  ])("reads %j", (source, text, format, select) => {
    expect(readStatement(source)).toEqual({ kind: "read", text, format, select });
  });

  test.each([
    "CREATE TABLE t (a Int8) ENGINE = Memory",
    "INSERT INTO t SELECT * FROM u",
    "INSERT INTO t WITH x AS (SELECT 1) SELECT * FROM x",
    "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
    "SET max_threads = 1",
    "SYSTEM FLUSH LOGS;",
    "\\q",
  ])("takes %j for a command", (source) => {
    expect(readStatement(source).kind).toBe("command");
  });

  test.each([
    ["", 62],
    ["  -- nothing", 62],
    [";", 62],
    ["SELECT 1; SELECT 2", 62],
    ["SELECT 1; DROP TABLE t", 62],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 358],
    ["SELECT 1 INTO/**/OUTFILE '/tmp/x' FORMAT CSV", 358],
    ["INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV", 78],
    ["INSERT INTO t (a) FROM/**/INFILE '/etc/passwd' FORMAT CSV", 78],
  ])("refuses %j with %i", (source, code) => {
    expect(() => readStatement(source)).toThrowError(expect.objectContaining({ code }));
  });

  test("never lets a second statement through, whatever stands before it", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(() => readStatement(`SELECT ${quoteString(value)}; DROP TABLE t`)).toThrowError(
          /Multi-statements/,
        );
      }),
    );
  });
});

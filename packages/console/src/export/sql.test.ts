import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal, quoted } from "./literal.js";
import { sqlText } from "./sql.js";

const textOf = (sql: string, params: Record<string, unknown>): string =>
  sqlText({ sql, params, elapsedMs: 1, rowsRead: 1, withheld: 0 });

/** Reads one quoted text as ClickHouse does, and tells what follows it. */
function readQuoted(sql: string): { text: string; rest: string } {
  if (sql[0] !== "'") throw new Error(`no quoted text begins here: ${sql}`);
  const controls: Record<string, string> = { n: "\n", r: "\r", t: "\t", "0": "\0" };
  let text = "";
  for (let at = 1; at < sql.length; at++) {
    const character = sql[at] ?? "";
    if (character === "'") return { text, rest: sql.slice(at + 1) };
    if (character !== "\\") text += character;
    else {
      const escaped = sql[++at] ?? "";
      text += controls[escaped] ?? escaped;
    }
  }
  throw new Error(`the quoted text has no end: ${sql}`);
}

describe("the SQL to copy", () => {
  it("is one statement, with every value in its place and of its type", () => {
    expect(
      textOf(
        "SELECT {a:String}, {n:Int64}, {f:Float64}, {b:Bool}, {l:Array(String)}, {m:Array(UInt8)}\n",
        { a: "it's \\ here", n: -12, f: 0.5, b: true, l: ["x", "y'z\n"], m: [1, 2] },
      ),
    ).toBe(
      "SELECT 'it\\'s \\\\ here', CAST(-12, 'Int64'), CAST(0.5, 'Float64'), CAST(true, 'Bool'), " +
        "CAST(['x', 'y\\'z\\n'], 'Array(String)'), CAST([1, 2], 'Array(UInt8)')",
    );
  });

  it("keeps 64-bit integers that come as text, and empty lists", () => {
    expect(literal("9007199254740993", "UInt64")).toBe("CAST('9007199254740993', 'UInt64')");
    expect(literal([], "Array(String)")).toBe("CAST([], 'Array(String)')");
  });

  it("replaces nothing within a value, a text, a quoted name or a comment", () => {
    const params = { a: "{b:String}", b: "$& {a:String}" };
    expect(textOf("SELECT {a:String}, {b:String}", params)).toBe(
      "SELECT '{b:String}', '$& {a:String}'",
    );
    const still =
      "SELECT '\\'{a:String}', '''{a:String}', `{a:String}` /* {a:String} */ -- {b:String}";
    expect(textOf(still, params)).toBe(still);
  });

  it("leaves a parameter that has no value, for the reader to see", () => {
    expect(textOf("SELECT {toString:String}", {})).toBe("SELECT {toString:String}");
  });

  it("gives back any text that ClickHouse reads from it", () => {
    const texts = fc.string({
      unit: fc.constantFrom("'", "\\", "\n", "\0", "`", "{a:String}", "n", "é", "-"),
    });
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
        expect(readQuoted(quoted(text))).toEqual({ text, rest: "" });
      }),
    );
  });

  it("keeps the statement around any values", () => {
    const texts = fc.string({
      unit: fc.constantFrom("'", "\\", "\n", "{b:String}", "{a:String}", "--", "/*", "`"),
    });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const first = readQuoted(textOf("{a:String} AND {b:String} -- {a:String}", { a, b }));
        expect(first.text).toBe(a);
        expect(first.rest.startsWith(" AND ")).toBe(true);
        expect(readQuoted(first.rest.slice(5))).toEqual({ text: b, rest: " -- {a:String}" });
      }),
    );
  });
});

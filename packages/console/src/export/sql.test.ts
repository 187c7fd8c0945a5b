import { expect, it } from "vitest";
import { sqlText } from "./sql.js";

it("sets every parameter before the statement, quoted as ClickHouse reads it", () => {
  const sql = sqlText({
    sql: "SELECT {a:String}\n",
    params: { a: "it's \\ here", n: 12, list: ["x", "y'z"] },
    elapsedMs: 1,
    rowsRead: 1,
  });
  expect(sql).toBe(
    "SET param_a = 'it\\'s \\\\ here';\n" +
      "SET param_n = '12';\n" +
      "SET param_list = '[\\'x\\',\\'y\\\\\\'z\\']';\n" +
      "SELECT {a:String}",
  );
});

import { type Column, isKey } from "./columns.js";
import { expand } from "./macros.js";
import { ordered } from "./ordered.js";
import type { ParameterValue } from "./parameters.js";
import type { Asked, Statement } from "./query.js";
import { sqlFile, statementOf } from "./sql-file.js";
import { render } from "./template.js";

/** Two answers of one question side by side, for those who have a difference. */
export function sideBySide(answer: Asked, other: Asked, shift: number): Asked {
  const { row } = answer;
  const keys = row.filter(isKey);
  const timed = keys.some(({ kind }) => kind !== "dimension");
  const renamed = withPrefix(other);
  const columns = row.flatMap(comparedColumns);
  const withheld = answer.groups === undefined && other.groups === undefined ? [] : ["withheld"];
  const sql = render(statementOf(sqlFile("parts/compare")), {
    columns: [
      ...columns.map(({ sql: expression, column }) => `${expression} AS ${quoted(column.name)}`),
      ...withheld.map(() => withheldSql(answer, other)),
    ].join(",\n"),
    keys: keySelects(keys, undefined),
    otherKeys: keySelects(keys, shift === 0 ? undefined : "{shift:Int64}"),
    answer: ordered(answer.sql),
    other: ordered(renamed.sql),
    // What is there on one side alone is shown, except moments: those of the other period are none of this.
    join: timed ? "LEFT" : "FULL",
    on: ["a.present = b.present", ...keys.map((_, n) => `a.key${n} = b.key${n}`)].join(" AND "),
  });
  const params: Record<string, ParameterValue> = { ...answer.params, ...renamed.params };
  if (shift !== 0 && timed) params["shift"] = shift;
  return {
    sql,
    params,
    row: columns.map(({ column }) => column),
    ...(answer.groups !== undefined && { groups: answer.groups }),
  };
}

/** Each side leaves groups out; of the two numbers the larger is told. */
function withheldSql(answer: Asked, other: Asked): string {
  if (other.groups === undefined) return "a.withheld AS withheld";
  if (answer.groups === undefined) return "b.withheld AS withheld";
  return "greatest(a.withheld, b.withheld) AS withheld";
}

/** What rows meet by: texts as they are, moments as numbers, those of the other side moved to this. */
function keySelects(keys: readonly Column[], shift: string | undefined): string {
  return keys
    .map(({ name, kind, nullable }, n) => {
      // No value meets none, which NULL would not.
      if (kind === "dimension")
        return `,\n${nullable === true ? `toString(tuple(${quoted(name)}))` : quoted(name)} AS key${n}`;
      const moment = `toUnixTimestamp64Milli(toDateTime64(${quoted(name)}, 3, 'UTC'))`;
      return `,\n${moment}${shift === undefined ? "" : ` + ${shift}`} AS key${n}`;
    })
    .join("");
}

/** Parameters of the second statement get names of their own. */
function withPrefix({ sql, params }: Statement): Statement {
  return {
    sql: sql.replace(/\{(\w+):/g, "{other_$1:"),
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [`other_${name}`, value]),
    ),
  };
}

interface Compared {
  sql: string;
  column: Column;
}

/** A column of a comparison: itself, and what the other side makes of it. */
function comparedColumns(column: Column): Compared[] {
  const { name } = column;
  const a = `a.${quoted(name)}`;
  const b = `b.${quoted(name)}`;
  if (isKey(column)) return [{ sql: `if(a.present, ${a}, ${b})`, column }];
  const here = `if(a.present, ${a}, NULL)`;
  const there = `if(b.present, ${b}, NULL)`;
  const own: Compared = { sql: here, column: { ...column, nullable: true } };
  const more = (end: string, sql: string, kind: "number" | "bound" = "number"): Compared => ({
    sql,
    column: { name: `${name}${end}`, kind, nullable: true },
  });
  const otherOne: Compared = { sql: there, column: { ...otherOf(column), nullable: true } };
  switch (column.kind) {
    case "count":
      return [
        own,
        otherOne,
        more("Difference", `toInt64(${here}) - toInt64(${there})`),
        more("Ratio", `${here} / nullIf(${there}, 0)`),
      ];
    case "money":
    case "number":
    case "seconds":
      return [own, otherOne, more("Difference", `${here} - ${there}`)];
    case "share":
    case "mean":
    case "score": {
      const difference = more("Difference", `${here} - ${there}`);
      if (column.low === undefined || column.high === undefined) return [own, otherOne, difference];
      return [
        own,
        otherOne,
        difference,
        more(
          "DifferenceLow",
          expand(
            `{{differenceLow(${here}, a.${quoted(column.low)}, ${there}, b.${quoted(column.high)})}}`,
          ),
          "bound",
        ),
        more(
          "DifferenceHigh",
          expand(
            `{{differenceHigh(${here}, a.${quoted(column.high)}, ${there}, b.${quoted(column.low)})}}`,
          ),
          "bound",
        ),
      ];
    }
    case "bound":
    // A measured one: a key is none of these.
    case "dimension":
      return [own, otherOne];
    default:
      return [own];
  }
}

/** The same column of the other side: its interval is there as well. */
function otherOf(column: Column): Column {
  const name = `${column.name}Other`;
  if (column.kind !== "share" && column.kind !== "mean" && column.kind !== "score") {
    return { ...column, name };
  }
  return {
    ...column,
    name,
    ...(column.low !== undefined && { low: `${column.low}Other` }),
    ...(column.high !== undefined && { high: `${column.high}Other` }),
    ...(column.n !== undefined && { n: `${column.n}Other` }),
  };
}

const quoted = (name: string): string => `\`${name}\``;

import { type Column, GROUP, isKey } from "./columns.js";
import { ordered } from "./ordered.js";
import type { Asked, Statement } from "./query.js";
import { sqlFile, statementOf } from "./sql-file.js";
import { render } from "./template.js";

/** What a question says of the size of its groups. */
export interface Floor {
  /**
   * The column that counts the people (or answers) of a row. Where a statement compares by itself, the
   * column with `Other` at its end counts as well: neither side may be small, but none is there at all.
   */
  size: string;
  /** Other columns that count people of the row: where somebody is there, they may not be few either. */
  beside?: readonly string[];
  /**
   * The columns that make a group: rows that are alike in them are shown or withheld together, by the
   * largest of their sizes. @default `group` and all dimensions
   */
  per?: readonly string[];
}

/** The answer without its small groups; without a breakdown, all of it is one group. */
export function aboveFloor(
  answer: Statement,
  row: readonly Column[],
  floor: Floor,
  minGroup: number,
  /** Whether each row is a group of its own: where the question itself chooses people by traits. */
  rowByRow: boolean,
): Asked {
  const grouped = row.some(({ name }) => name === GROUP.name);
  const dimensions = row
    .filter((column) => column.kind === "dimension" && isKey(column))
    .map(({ name }) => name);
  const per = rowByRow ? dimensions : (floor.per ?? dimensions);
  const key = grouped || rowByRow ? `(${per.map(quoted).join(", ")})` : "1";
  const sql = render(statementOf(sqlFile("parts/floor")), {
    columns: row.map(({ name }) => quoted(name)).join(",\n"),
    key,
    size: sizeSql(floor, row),
    answer: ordered(answer.sql),
  });
  return {
    sql,
    params: { ...answer.params, minGroup },
    row,
    groups: {
      sql: `SELECT uniqExact(${key}) AS groups FROM (\n${answer.sql}\n)`,
      params: answer.params,
    },
  };
}

function sizeSql({ size, beside = [] }: Floor, row: readonly Column[]): string {
  const other = `${size}Other`;
  const sizes = [size, ...beside, ...(row.some(({ name }) => name === other) ? [other] : [])];
  if (sizes.length === 1) return quoted(size);
  return `arrayMin(arrayFilter(n -> n > 0, [${sizes.map(quoted).join(", ")}]))`;
}

const quoted = (name: string): string => `\`${name}\``;

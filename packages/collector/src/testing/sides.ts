/** What is asked beside what plain code computed. */
import type { ClickHouseClient } from "@clickhouse/client";
import { ask, type Answer } from "../query/ask.js";
import { QUERIES } from "../query/registry.js";

/** An answer in which no group is too small, unless a floor is given. */
export async function askStore(
  client: ClickHouseClient,
  name: string,
  input: object,
  minGroup = 1,
): Promise<Answer> {
  const query = QUERIES.get(name);
  if (query === undefined) throw new Error(`no question ${name}`);
  return ask(client, query, input, "default", { minGroup });
}

export interface Sides {
  asked: string[];
  wanted: string[];
}

/** The columns that plain code knows of, on both sides: as texts, in no order, numbers rounded. */
export function sidesOf(rows: readonly object[], plain: readonly object[]): Sides {
  const names = Object.keys(plain[0] ?? {});
  const textOf = (row: object): string =>
    JSON.stringify(names.map((column) => rounded(Reflect.get(row, column))));
  return { asked: rows.map(textOf).toSorted(), wanted: plain.map(textOf).toSorted() };
}

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(9)) : value;

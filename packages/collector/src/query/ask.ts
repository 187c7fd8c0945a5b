import type { ClickHouseClient, ClickHouseSettings } from "@clickhouse/client";
import { z } from "zod";
import { type Column, toWire } from "./columns.js";
import { MAX_ROWS } from "./ordered.js";
import type { Asking, LookUp, Query, Statement } from "./query.js";

export interface Answer {
  rows: Record<string, unknown>[];
  meta: {
    sql: string;
    params: Record<string, unknown>;
    elapsedMs: number;
    rowsRead: number;
    /** Groups that are not shown, since fewer people than the floor are in them. */
    withheld: number;
    /** What the rows' columns are, in their order, those of a breakdown and a comparison included. */
    columns: readonly Column[];
  };
}

/** Longest that ClickHouse may work on one question, in seconds. */
const MAX_SECONDS = 60;

/** Bytes that ClickHouse may use for it. */
const MAX_MEMORY = String(4 * 1024 ** 3);

/** Bytes that a statement may have: one of all targets holds a question of each. */
const MAX_TEXT = String(4 * 1024 ** 2);

const LIMITS: ClickHouseSettings = {
  max_execution_time: MAX_SECONDS,
  max_memory_usage: MAX_MEMORY,
  join_use_nulls: 0,
  max_result_rows: String(MAX_ROWS),
  max_query_size: MAX_TEXT,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  date_time_output_format: "simple",
};

/** Asks ClickHouse the query for one site. Throws z.ZodError for parameters that do not fit. */
export async function ask(
  client: ClickHouseClient,
  query: Query,
  input: unknown,
  siteId: string,
  asking?: Partial<Asking>,
): Promise<Answer> {
  const started = performance.now();
  const lookUp: LookUp = async (statement) => rowsOf(client, statement);
  const known = (await query.resolve?.(input, siteId, lookUp)) ?? input;
  const { sql, params, row: columns, groups } = query.build(known, siteId, asking);
  const result = await client.query({
    query: sql,
    query_params: params,
    format: "JSON",
    clickhouse_settings: LIMITS,
  });
  const body = await result.json<Record<string, unknown>>();
  const first = body.data[0];
  const withheld =
    first === undefined && groups !== undefined
      ? await numberOf(client, groups.sql, groups.params)
      : Number(first?.["withheld"] ?? 0);
  if (groups !== undefined) for (const row of body.data) delete row["withheld"];
  return {
    rows: body.data.map((row) => toWire(row, columns)),
    meta: {
      sql,
      params,
      elapsedMs: Math.round((performance.now() - started) * 10) / 10,
      rowsRead: body.statistics?.rows_read ?? 0,
      withheld,
      columns,
    },
  };
}

async function rowsOf(client: ClickHouseClient, { sql, params }: Statement): Promise<unknown> {
  const result = await client.query({
    query: sql,
    query_params: params,
    format: "JSONEachRow",
    clickhouse_settings: LIMITS,
  });
  return result.json();
}

/** The one number that a statement answers. */
async function numberOf(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown>,
): Promise<number> {
  const result = await client.query({
    query: sql,
    query_params: params,
    format: "JSONCompactEachRow",
    clickhouse_settings: LIMITS,
  });
  return z.tuple([z.tuple([z.coerce.number()])]).parse(await result.json())[0][0];
}

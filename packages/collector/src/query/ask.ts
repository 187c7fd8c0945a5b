import type { ClickHouseClient } from "@clickhouse/client";
import type { Known, Query } from "./query.js";

export interface Answer {
  rows: Record<string, unknown>[];
  meta: { sql: string; params: Record<string, unknown>; elapsedMs: number; rowsRead: number };
}

/** Longest that ClickHouse may work on one question, in seconds. */
const MAX_SECONDS = 60;

/** Bytes that ClickHouse may use for it. */
const MAX_MEMORY = String(4 * 1024 ** 3);

/** Asks ClickHouse the query for one site. Throws z.ZodError for parameters that do not fit. */
export async function ask(
  client: ClickHouseClient,
  query: Query,
  input: unknown,
  siteId: string,
  known: Known = {},
): Promise<Answer> {
  const { sql, params } = query.build(input, siteId, known);
  const started = performance.now();
  const result = await client.query({
    query: sql,
    query_params: params,
    format: "JSON",
    clickhouse_settings: {
      max_execution_time: MAX_SECONDS,
      max_memory_usage: MAX_MEMORY,
      join_use_nulls: 0,
      max_result_rows: "100000",
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 0,
      date_time_output_format: "simple",
    },
  });
  const body = await result.json<Record<string, unknown>>();
  return {
    rows: body.data.map(query.row),
    meta: {
      sql,
      params,
      elapsedMs: Math.round((performance.now() - started) * 10) / 10,
      rowsRead: body.statistics?.rows_read ?? 0,
    },
  };
}

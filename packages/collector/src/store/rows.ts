import type { ClickHouseClient } from "@clickhouse/client";

/** The rows of a SELECT; whoever asks knows their shape from the statement. */
export async function rowsOf<Row>(
  client: ClickHouseClient,
  query: string,
  params: Record<string, unknown> = {},
): Promise<Row[]> {
  const result = await client.query({ query, query_params: params, format: "JSONEachRow" });
  return result.json<Row>();
}

import type { ClickHouseClient } from "@clickhouse/client";
import { QUERIES } from "../query/registry.js";
import { type Cluster, onCluster } from "./cluster.js";

/**
 * The questions as parameterised views, for any SQL client. They are made of the same files as the
 * answers over HTTP, and made anew at every start:
 *
 *     SELECT * FROM funnel(steps = ['page_view', 'subscribed'], window = 604800)
 *     SELECT * FROM funnel_between(steps = […], window = 604800, from = '2026-01-01', to = '2026-02-01')
 *
 *     SELECT * FROM sessions_summary(from = '2026-01-01', to = '2026-02-01')
 *
 * `from` is included, `to` is not; \`GET /v1/query\` lists the arguments of each with an example.
 */
export async function createViews(
  client: ClickHouseClient,
  singleSite: string | undefined,
  cluster?: Cluster,
): Promise<void> {
  const views = [...QUERIES.values()].flatMap((query) => query.sqlViews(singleSite));
  for (const { name, sql } of views) {
    await client.command({
      query: `CREATE OR REPLACE VIEW ${name}${onCluster(cluster)} AS\n${sql}`,
    });
  }
}

import type { ClickHouseClient } from "@clickhouse/client";
import { funnelSql } from "../query/funnel/build.js";
import { orderedSql } from "../query/funnel/chains.js";
import { matchesSql, placesSql } from "../query/funnel/units.js";
import { render, sqlFile, statementOf } from "../query/template.js";
import { type Cluster, onCluster } from "./cluster.js";

/**
 * The questions as parameterised views, for any SQL client. They are made of the same files as the
 * answers over HTTP, and made anew at every start:
 *
 *     SELECT * FROM funnel(steps = ['page_view', 'subscribed'], window = 604800)
 *     SELECT * FROM funnel_between(steps = […], window = 604800, from = '2026-01-01', to = '2026-02-01')
 *
 * `window` is in seconds; `from` is included, `to` is not.
 */
export async function createViews(
  client: ClickHouseClient,
  singleSite: string | undefined,
  cluster?: Cluster,
): Promise<void> {
  const between = [
    "occurred_at >= toDateTime64({from:String}, 3, 'UTC')",
    "occurred_at < toDateTime64({to:String}, 3, 'UTC')",
  ];
  for (const [name, sql] of [
    ["funnel", funnelView(singleSite, [])],
    ["funnel_between", funnelView(singleSite, between)],
  ] as const) {
    await client.command({
      query: `CREATE OR REPLACE VIEW ${name}${onCluster(cluster)} AS\n${sql}`,
    });
  }
}

/** With several sites, `site` is one more parameter: nobody's numbers mix. */
function funnelView(singleSite: string | undefined, period: readonly string[]): string {
  const steps = "{steps:Array(String)}";
  const site = singleSite === undefined ? "site_id = {site:String}" : `site_id = '${singleSite}'`;
  const bits = `arraySum((s, n) -> if(s = name, bitShiftLeft(toUInt64(1), n - 1), 0), ${steps}, arrayEnumerate(${steps}))`;
  const count = `toUInt8(length(${steps}))`;
  const parts = (shared: boolean) => ({
    by: "person" as const,
    site,
    where: [
      site,
      `name IN ${steps}`,
      ...period,
      "NOT bot",
      `throwIf(length(${steps}) NOT BETWEEN 1 AND 20, 'steps must be 1 to 20 event names') = 0`,
      // Only one of the two forms reads: the other's condition is a constant.
      `(length(arrayDistinct(${steps})) ${shared ? "!=" : "="} length(${steps}))`,
    ].join("\n    AND "),
  });
  const apart = placesSql({ ...parts(false), step: `toUInt64(indexOf(${steps}, name))` });
  const together = render(statementOf(sqlFile("parts/places")), {
    units: matchesSql({ ...parts(true), mask: bits, distinct: true }),
    steps: count,
  });
  const chains = orderedSql({
    units: [apart, together]
      .map((units) => `SELECT 0 AS side, unit, places FROM (\n${units}\n)`)
      .join("\nUNION ALL\n"),
    steps: count,
    window: "toUInt64({window:UInt32} * 1000)",
    group: "''",
    carried: "''",
    shared: true,
  });
  return funnelSql({ chains, steps: count, names: steps });
}

import { FieldReader } from "../fields.js";
import { inView } from "../frame.js";
import type { SqlView } from "../query.js";
import { sourceSql } from "../source.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import { sqlView } from "../views.js";
import { funnelSql } from "./build.js";
import { orderedSql } from "./chains.js";
import { matchesSql, placesSql } from "./units.js";

const EXAMPLE = { steps: ["page_view", "subscribed"], window: 604_800 };

/** The funnel as views: of all time, and between two moments. `window` is in seconds. */
export function funnelViews(singleSite: string | undefined): SqlView[] {
  const between = [
    "occurred_at >= toDateTime64({from:String}, 3, 'UTC')",
    "occurred_at < toDateTime64({to:String}, 3, 'UTC')",
  ];
  return [
    sqlView("funnel", viewSql(singleSite, []), EXAMPLE),
    sqlView("funnel_between", viewSql(singleSite, between), EXAMPLE),
  ];
}

/** With several sites, `site` is one more parameter: nobody's numbers mix. */
function viewSql(singleSite: string | undefined, period: readonly string[]): string {
  const steps = "{steps:Array(String)}";
  const place = inView(singleSite);
  const { site } = place;
  const bits = `arraySum((s, n) -> if(s = name, bitShiftLeft(toUInt64(1), n - 1), 0), ${steps}, arrayEnumerate(${steps}))`;
  const count = `toUInt8(length(${steps}))`;
  const parts = (shared: boolean) => ({
    by: "person" as const,
    site,
    events: sourceSql(new FieldReader("events"), place, shared),
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

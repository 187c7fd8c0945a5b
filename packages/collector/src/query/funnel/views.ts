import { FieldReader } from "../fields.js";
import { inView } from "../frame.js";
import type { SqlView } from "../query.js";
import { sourceSql } from "../source.js";
import { sqlView } from "../views.js";
import { funnelSql } from "./build.js";
import { unitsSql } from "./units.js";

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
  const units = (overlapping: boolean): string =>
    unitsSql({
      by: "person",
      overlapping,
      site,
      events: sourceSql(new FieldReader("events"), place, overlapping),
      where: [
        site,
        `name IN ${steps}`,
        ...period,
        "NOT bot",
        `throwIf(length(${steps}) NOT BETWEEN 1 AND 20, 'steps must be 1 to 20 event names') = 0`,
        // Only one of the two forms reads: the other's condition is a constant.
        `(length(arrayDistinct(${steps})) ${overlapping ? "!=" : "="} length(${steps}))`,
      ].join("\n    AND "),
      step: `toUInt64(indexOf(${steps}, name))`,
      mask: bits,
      steps: `toUInt8(length(${steps}))`,
    });
  return funnelSql({
    units: `SELECT places FROM (\n${units(false)}\n)\nUNION ALL\nSELECT places FROM (\n${units(true)}\n)`,
    steps: `toUInt8(length(${steps}))`,
    window: "toUInt64({window:UInt32} * 1000)",
    names: steps,
  });
}

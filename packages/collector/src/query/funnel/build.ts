import { isTime } from "../fields.js";
import { createParameters } from "../parameters.js";
import type { Statement } from "../query.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import { chainsSql } from "./chains.js";
import { sidesOf } from "./compare.js";
import type { FunnelQuery } from "./schema.js";
import { previousRequired, shapeOf } from "./steps.js";

/** The SQL of a funnel. Values are parameters; names in the text come from validated parts alone. */
export function buildFunnel(query: FunnelQuery, siteId: string): Statement {
  const parameters = createParameters();
  const shape = shapeOf(query);
  const sides = sidesOf(query);
  const chains = chainsSql({
    query,
    shape,
    sides,
    site: `site_id = ${parameters.add("String", siteId)}`,
    parameters,
    breakdown: query.breakdown,
    carried: query.goalValue === true ? "goals" : undefined,
  });
  const optional = shape.required < shape.steps.length;
  const sql = funnelSql({
    chains,
    steps: parameters.add("UInt8", shape.steps.length),
    names: parameters.add(
      "Array(String)",
      shape.steps.map((step) => step.events.join(" | ")),
    ),
    previous: optional ? parameters.add("Array(UInt8)", previousRequired(shape)) : undefined,
    grouped: orderOf(query.breakdown),
    compared: sides.length > 1,
    goal: query.goalValue === true ? query.order : undefined,
  });
  return { sql, params: parameters.values };
}

/** The largest groups, or the latest days. */
const GROUP_ORDER = {
  size: "reached[1] DESC, grp\nLIMIT 50",
  time: "grp DESC\nLIMIT 400",
} as const;

function orderOf(breakdown: string | undefined): "size" | "time" | undefined {
  if (breakdown === undefined) return undefined;
  return isTime(breakdown) ? "time" : "size";
}

/** The whole statement around the chains. */
export function funnelSql(parts: {
  chains: string;
  steps: string;
  names: string;
  /** An array of the required step before each, where some are optional. */
  previous?: string | undefined;
  /** Groups in the order of their size or of time; not given for a funnel without groups. */
  grouped?: "size" | "time" | undefined;
  compared?: boolean;
  /** The order of the steps whose goal value is asked. */
  goal?: FunnelQuery["order"] | undefined;
}): string {
  const { chains, steps, names, previous, grouped, compared = false, goal } = parts;
  const isOwn = compared ? ", side = 0" : "";
  return render(statementOf(sqlFile("funnel")), {
    chains,
    steps,
    names,
    own: compared ? "If" : "",
    isOwn,
    previous: previous === undefined ? "step - 1" : `${previous}[step]`,
    between:
      previous === undefined
        ? "arrayMap(d -> d / 1000, arrayDifference(moments))"
        : `arrayMap((m, p) -> if(m = 0, NULL, (m - moments[p]) / 1000), moments, arrayResize(${previous}, length(moments)))`,
    total:
      previous === undefined
        ? "arrayMap(m -> (m - start) / 1000, moments)"
        : "arrayMap(m -> if(m = 0, NULL, (m - start) / 1000), moments)",
    otherTotals: compared
      ? `arrayResize(sumForEachIf(arrayMap(m -> toUInt64(m != 0), moments), side = 1), ${steps}, 0) AS otherReached,`
      : "",
    otherSize: compared ? ",\notherReached[1] AS otherN" : "",
    otherResult: compared ? `,\n${render(sqlFile("parts/other_result"), {})}` : "",
    goalTotals: goal === undefined ? "" : goalTotals(goal, steps, compared),
    goalResult: goal === undefined ? "" : `,\n${render(sqlFile("parts/goal_result"), { steps })}`,
    groupSelect: grouped !== undefined ? "grp," : "",
    groupBy: grouped === undefined ? "" : `GROUP BY grp\nORDER BY ${GROUP_ORDER[grouped]}`,
    groupResult: grouped !== undefined ? "grp AS `group`," : "",
    order: grouped === undefined ? "" : grouped === "size" ? "n DESC, grp, " : "grp, ",
  });
}

function goalTotals(order: FunnelQuery["order"], steps: string, compared: boolean): string {
  return render(sqlFile("parts/goal_totals"), {
    steps,
    // Without an order, the last step's moment is that at which all were done.
    isGoal: order === "unordered" ? "g.1 >= start" : `g.1 = moments[${steps}]`,
    isOwn: compared ? " AND side = 0" : "",
  });
}

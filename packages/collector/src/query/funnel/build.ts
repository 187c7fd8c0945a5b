import { conditionSql, type Condition } from "../conditions.js";
import { FieldReader } from "../fields.js";
import { createParameters, type Parameters } from "../parameters.js";
import type { Statement } from "../query.js";
import { periodOf } from "../period.js";
import { sourceSql } from "../source.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import type { FunnelQuery } from "./schema.js";
import { unitsSql } from "./units.js";

interface Step {
  events: string[];
  where: Condition[];
}

/** The SQL of a funnel. Values are parameters; names in the text come from validated parts alone. */
export function buildFunnel(query: FunnelQuery, siteId: string): Statement {
  const parameters = createParameters();
  const steps = query.steps.map(normalised);
  const site = `site_id = ${parameters.add("String", siteId)}`;
  const fields = new FieldReader("events");
  const matches = steps.map((step) => matchSql(step, parameters, fields));
  const mask = matches.map((match, place) => `if(${match}, ${2 ** place}, 0)`).join(" + ");
  const isStep = `multiIf(${matches.map((match, place) => `${match}, ${place + 1}`).join(", ")}, 0)`;
  const period = periodOf(query);
  const from = `fromUnixTimestamp64Milli(${parameters.add("Int64", period.from)}, 'UTC')`;
  const to = `fromUnixTimestamp64Milli(${parameters.add("Int64", period.to)}, 'UTC')`;
  const where = [
    site,
    `name IN ${parameters.add("Array(String)", [...new Set(steps.flatMap((step) => step.events))])}`,
    `occurred_at >= ${from}`,
    `occurred_at < ${to}`,
    "NOT bot",
    ...(query.by === "session"
      ? ["session_id != toUUID('00000000-0000-0000-0000-000000000000')"]
      : []),
    ...(query.by === "account" ? ["account_id != ''"] : []),
    ...(query.filters ?? []).map((filter) => conditionSql(filter, parameters, fields)),
    ...(steps.some((step) => step.where.length > 0) ? [`(${matches.join(" OR ")})`] : []),
  ];
  const stepCount = parameters.add("UInt8", steps.length);
  const breakdown = query.breakdown === undefined ? undefined : fields.of(query.breakdown).text;
  const overlapping = overlaps(steps);
  const units = unitsSql({
    by: query.by,
    overlapping,
    site,
    // Only now are all fields known that must be joined.
    events: sourceSql(fields, { site, from, to }, overlapping && query.by === "person"),
    where: where.join("\n    AND "),
    step: `toUInt64(${isStep})`,
    mask: `toUInt64(${mask})`,
    steps: stepCount,
    breakdown:
      breakdown === undefined ? undefined : { value: breakdown, isFirst: matches[0] ?? "false" },
  });
  const sql = funnelSql({
    units,
    steps: stepCount,
    window: parameters.add("UInt64", Math.round(query.windowSeconds * 1000)),
    names: parameters.add(
      "Array(String)",
      steps.map((step) => step.events.join(" | ")),
    ),
    grouped: orderOf(query.breakdown),
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
  return breakdown === "day" || breakdown === "week" ? "time" : "size";
}

/** The whole statement around the units. */
export function funnelSql(parts: {
  units: string;
  steps: string;
  window: string;
  names: string;
  /** Groups in the order of their size or of time; not given for a funnel without groups. */
  grouped?: "size" | "time" | undefined;
}): string {
  const { grouped } = parts;
  return render(statementOf(sqlFile("funnel")), {
    units: parts.units,
    steps: parts.steps,
    window: parts.window,
    names: parts.names,
    group: grouped !== undefined ? "entry.2" : "''",
    groupSelect: grouped !== undefined ? "grp," : "",
    groupBy: grouped === undefined ? "" : `GROUP BY grp\nORDER BY ${GROUP_ORDER[grouped]}`,
    groupResult: grouped !== undefined ? "grp AS `group`," : "",
    order: grouped === undefined ? "" : grouped === "size" ? "n DESC, grp, " : "grp, ",
  });
}

function normalised(step: FunnelQuery["steps"][number]): Step {
  if (typeof step === "string") return { events: [step], where: [] };
  if (Array.isArray(step)) return { events: step, where: [] };
  const events = typeof step.event === "string" ? [step.event] : step.event;
  return { events, where: step.where ?? [] };
}

/** Two steps that share an event name may both match one event, whatever their conditions. */
function overlaps(steps: readonly Step[]): boolean {
  const names = steps.flatMap((step) => [...new Set(step.events)]);
  return new Set(names).size !== names.length;
}

function matchSql(step: Step, parameters: Parameters, fields: FieldReader): string {
  const name = `name IN ${parameters.add("Array(String)", step.events)}`;
  const all = [name, ...step.where.map((condition) => conditionSql(condition, parameters, fields))];
  return all.length === 1 ? name : `(${all.join(" AND ")})`;
}

/** What a funnel reads of the table of events. */
import { conditionSql } from "../conditions.js";
import type { FieldReader } from "../fields.js";
import type { Parameters } from "../parameters.js";
import type { Period } from "../period.js";
import { sourceSql } from "../source.js";
import type { ChainQuery } from "./schema.js";
import type { Shape, Step } from "./steps.js";
import type { UnitParts } from "./units.js";

/** Who is asked about: the question's own period and filters, or those of a comparison. */
export interface Side {
  period: Period;
  filters: ChainQuery["filters"];
}

export interface ChainOptions {
  query: ChainQuery;
  shape: Shape;
  /** One, or two to compare. */
  sides: readonly Side[];
  site: string;
  parameters: Parameters;
  breakdown?: string | undefined;
  /** What is kept of each unit beside its moments: the values of its goal, or who it is. */
  carried?: "goals" | "who" | undefined;
}

/** The parts of a unit's SELECT for one side. */
export function unitParts(
  options: ChainOptions & { side: Side; fields: FieldReader },
  matches: readonly string[],
  blocks: string | undefined,
  needsPerson: boolean,
): UnitParts {
  const { query, shape, site, parameters, side, fields } = options;
  const asked = [...shape.steps, ...shape.exclusions];
  const moment = (milliseconds: number): string =>
    `fromUnixTimestamp64Milli(${parameters.add("Int64", milliseconds)}, 'UTC')`;
  const from = moment(side.period.from);
  const to = moment(side.period.to);
  const names = [...new Set(asked.flatMap((match) => match.events))];
  const read = [
    site,
    `name IN ${parameters.add("Array(String)", names)}`,
    `occurred_at >= ${from}`,
    `occurred_at < ${to}`,
    "NOT bot",
  ];
  const any = [...matches, ...(blocks === undefined ? [] : [`${blocks} != 0`])];
  const breakdown = options.breakdown === undefined ? undefined : fields.of(options.breakdown).text;
  const filters = (side.filters ?? []).map((filter) => conditionSql(filter, parameters, fields));
  return {
    by: query.by,
    site,
    events: sourceSql(fields, { site, from, to }, needsPerson),
    where: [
      ...read,
      ...(query.by === "session"
        ? ["session_id != toUUID('00000000-0000-0000-0000-000000000000')"]
        : []),
      ...(query.by === "account" ? ["account_id != ''"] : []),
      ...filters,
      ...(asked.some((match) => match.where.length > 0) ? [`(${any.join(" OR ")})`] : []),
    ].join("\n    AND "),
    breakdown:
      breakdown === undefined ? undefined : { value: breakdown, isFirst: matches[0] ?? "false" },
    goal: options.carried === "goals" ? goalSql(shape, matches) : undefined,
    who: options.carried === "who",
  };
}

function goalSql(shape: Shape, matches: readonly string[]): string {
  const last: Step | undefined = shape.steps.at(-1);
  const match = matches[last === undefined ? 0 : shape.inner.indexOf(last)] ?? "false";
  return `isNotNull(value) AND ${match}`;
}

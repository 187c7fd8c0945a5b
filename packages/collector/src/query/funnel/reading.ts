/** What a funnel reads of the table of events. */
import { conditionSql } from "../conditions.js";
import { fieldExpressions } from "../fields.js";
import type { Parameters } from "../parameters.js";
import type { Period } from "../period.js";
import { render, sqlFile, statementOf } from "../template.js";
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
  options: ChainOptions,
  side: Side,
  matches: readonly string[],
  blocks: string | undefined,
): UnitParts {
  const { query, shape, site, parameters } = options;
  const filters = side.filters ?? [];
  const asked = [...shape.steps, ...shape.exclusions];
  const from = parameters.add("Int64", side.period.from);
  const to = parameters.add("Int64", side.period.to);
  const names = [...new Set(asked.flatMap((match) => match.events))];
  const read = [
    site,
    `name IN ${parameters.add("Array(String)", names)}`,
    `occurred_at >= fromUnixTimestamp64Milli(${from}, 'UTC')`,
    `occurred_at < fromUnixTimestamp64Milli(${to}, 'UTC')`,
    "NOT bot",
  ];
  const any = [...matches, ...(blocks === undefined ? [] : [`${blocks} != 0`])];
  const fields = [
    options.breakdown,
    ...[...filters, ...asked.flatMap((match) => match.where)].map(({ property }) => property),
  ];
  return {
    by: query.by,
    site,
    // The acquisition channel is one of sessions.
    events: fields.includes("acquisitionChannel")
      ? render(statementOf(sqlFile("parts/events_with_origin")), {
          site,
          from,
          to,
          read: read.join("\n    AND "),
        })
      : undefined,
    where: [
      ...read,
      ...(query.by === "session"
        ? ["session_id != toUUID('00000000-0000-0000-0000-000000000000')"]
        : []),
      ...(query.by === "account" ? ["account_id != ''"] : []),
      ...filters.map((filter) => conditionSql(filter, parameters)),
      ...(asked.some((match) => match.where.length > 0) ? [`(${any.join(" OR ")})`] : []),
    ].join("\n    AND "),
    breakdown:
      options.breakdown === undefined
        ? undefined
        : { value: fieldExpressions(options.breakdown).text, isFirst: matches[0] ?? "false" },
    goal: options.carried === "goals" ? goalSql(shape, matches) : undefined,
    who: options.carried === "who",
  };
}

function goalSql(shape: Shape, matches: readonly string[]): string {
  const last: Step | undefined = shape.steps.at(-1);
  const match = matches[last === undefined ? 0 : shape.inner.indexOf(last)] ?? "false";
  return `isNotNull(value) AND ${match}`;
}

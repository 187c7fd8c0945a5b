/** The people behind a step of a funnel, and what those who dropped off before it did next. */
import { createParameters, type Parameters } from "../parameters.js";
import { periodOf } from "../period.js";
import type { Statement } from "../query.js";
import { FieldReader } from "../fields.js";
import { sourceSql } from "../source.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import { chainsSql } from "./chains.js";
import type { ChainQuery, FunnelNextQuery, FunnelPeopleQuery } from "./schema.js";
import type { ChainOptions } from "./reading.js";
import { previousRequired, refuse, type Shape, shapeOf } from "./steps.js";
import { unitSql } from "./units.js";

/** @throws z.ZodError for a step that there is not, and for who dropped off before the first. */
export function buildFunnelPeople(query: FunnelPeopleQuery, siteId: string): Statement {
  const parameters = createParameters();
  const site = `site_id = ${parameters.add("String", siteId)}`;
  const person = query.by === "person";
  const { chains, chosen } = chosenSql(query, query.reached, site, parameters, {
    carried: person ? "who" : undefined,
  });
  const sql = render(statementOf(sqlFile("funnel_people")), {
    chains,
    chosen,
    id: person
      ? "multiIf(users.name != '', users.name, carried.1 != '', carried.1, toString(carried.2))"
      : "toString(unit)",
    kind: person ? "if(users.name != '' OR carried.1 != '', 'user', 'device')" : `'${query.by}'`,
    names: person ? render(sqlFile("parts/user_names"), { site }) : "",
    limit: parameters.add("UInt16", query.limit),
  });
  return { sql, params: parameters.values };
}

/** @throws z.ZodError for a step that there is not, and for the first. */
export function buildFunnelNext(query: FunnelNextQuery, siteId: string): Statement {
  const parameters = createParameters();
  const site = `site_id = ${parameters.add("String", siteId)}`;
  const within = parameters.add("Int64", Math.round(query.withinSeconds * 1000));
  const { from, to } = periodOf(query);
  const page = query.what === "page";
  const moment = (milliseconds: number): string =>
    `fromUnixTimestamp64Milli(${parameters.add("Int64", milliseconds)}, 'UTC')`;
  const after = moment(from);
  const before = moment(to + Math.round(query.withinSeconds * 1000));
  const events = render(sqlFile("parts/following_events"), {
    unit: unitSql(query.by),
    events: sourceSql(
      new FieldReader("events"),
      { site, from: after, to: before },
      query.by === "person",
    ),
    what: page ? "if(page_name != '', page_name, page_path)" : "toString(name)",
    where: [
      site,
      ...(page ? ["name = 'page_view'"] : []),
      `occurred_at >= ${after}`,
      `occurred_at < ${before}`,
      "NOT bot",
    ].join("\n    AND "),
  });
  const sql = render(statementOf(sqlFile("funnel_next")), {
    ...chosenSql(query, "dropped", site, parameters, { breakdown: query.breakdown }),
    groupResult: query.breakdown === undefined ? "" : "grp AS `group`,",
    events,
    within,
    limit: parameters.add("UInt16", query.limit),
  });
  return { sql, params: parameters.values };
}

/** All chains, and the condition on those that got to the step or dropped off before it. */
function chosenSql(
  query: ChainQuery & { step: number },
  reached: "converted" | "dropped",
  site: string,
  parameters: Parameters,
  more: Pick<ChainOptions, "carried" | "breakdown">,
): { chains: string; chosen: string } {
  const shape = shapeOf(query);
  refuseStep(query.step, reached, shape);
  const chains = chainsSql({
    query,
    shape,
    sides: [{ period: periodOf(query), filters: query.filters }],
    site,
    parameters,
    ...more,
  });
  const has = (step: number): string => {
    const number = parameters.add("UInt8", step);
    return `arrayElement(arrayResize(moments, 20), ${number}) != 0`;
  };
  const before = previousRequired(shape)[query.step - 1] ?? 1;
  const chosen =
    reached === "converted" ? has(query.step) : `${has(before)} AND NOT ${has(query.step)}`;
  return { chains, chosen };
}

function refuseStep(step: number, reached: "converted" | "dropped", shape: Shape): void {
  const count = shape.steps.length;
  if (step > count) refuse(["step"], `there is no step ${step}, there are ${count}`);
  if (step === 1 && reached === "dropped")
    refuse(["step"], "nobody drops off before step 1: give a later step");
}

import { conditionSql } from "./conditions.js";
import { FieldReader, type Table } from "./fields.js";
import { createParameters, type Parameters } from "./parameters.js";
import { periodOf } from "./period.js";
import { personSql } from "./person.js";
import type { Statement } from "./query.js";
import type { Shared } from "./shared.js";
import { type Place, sourceSql } from "./source.js";
import { sqlFile, statementOf } from "./sql-file.js";
import { render } from "./template.js";

/** Over HTTP everything is a parameter of the statement. */
export const OVER_HTTP: Place = {
  site: "site_id = {site:String}",
  from: "fromUnixTimestamp64Milli({from:Int64}, 'UTC')",
  to: "fromUnixTimestamp64Milli({to:Int64}, 'UTC')",
};

/** In a view the period is two texts; with several sites, `site` is one more argument. */
export const inView = (singleSite: string | undefined): Place => ({
  site: singleSite === undefined ? OVER_HTTP.site : `site_id = '${singleSite}'`,
  from: "toDateTime64({from:String}, 3, 'UTC')",
  to: "toDateTime64({to:String}, 3, 'UTC')",
});

/**
 * The parts of a question's file for one table; `questions/README.md` tells what each is for. All of them
 * are always there: what nobody asks for is an empty text, or `true`.
 */
export function partsOf(
  table: Table,
  shared: Shared,
  place: Place,
  parameters: Parameters,
  text: string,
): Record<string, string> {
  const fields = new FieldReader(table);
  const filters = (shared.filters ?? []).map((filter) => conditionSql(filter, parameters, fields));
  const groupField = shared.breakdown === undefined ? "''" : fields.of(shared.breakdown).text;
  const grouped = (part: string): string => (shared.breakdown === undefined ? "" : part);
  const period = `occurred_at >= ${place.from}\n    AND occurred_at < ${place.to}`;
  // A contact or a customer is never a bot: those tables have no such column.
  const people = table === "contacts" || table === "customers" ? [] : ["NOT bot"];
  const source = (other: Table): string =>
    sourceSql(
      other === table ? fields : new FieldReader(other),
      place,
      text.includes("{{person}}"),
    );
  return {
    site: place.site,
    from: place.from,
    to: place.to,
    period,
    filters: filters.length === 0 ? "true" : `(${filters.join(" AND ")})`,
    where: [place.site, period, ...people, ...filters].join("\n    AND "),
    person: personSql("person_key"),
    events: source("events"),
    feedback: source("feedback"),
    contacts: source("contacts"),
    customers: source("customers"),
    groupField,
    groupSelect: grouped(`${groupField} AS \`group\`,`),
    groupFirst: grouped(`argMin(${groupField}, (occurred_at, id)) AS \`group\`,`),
    groupKey: grouped("`group`,"),
    groupBy: grouped("GROUP BY `group`"),
  };
}

/**
 * The statement of a question's file, with the files in it that it names as `{{parts/name}}`: the parts of
 * these are the question's own.
 */
export function questionText(file: string): string {
  const include = (text: string): string =>
    text.replace(
      /^([ \t]*)(.*)\{\{(parts\/\w+)\}\}/gm,
      (_line, indent: string, before: string, name: string) => {
        const piece = include(statementOf(sqlFile(name))).replaceAll("\n", `\n${indent}`);
        return `${indent}${before}${piece}`;
      },
    );
  return include(statementOf(sqlFile(file)));
}

/** The statement of a question's file. */
export function fileStatement(
  file: string,
  table: Table,
  shared: Shared,
  siteId: string,
  own: Statement["params"],
  /** Parts that the file has beside those of the frame. */
  more: Readonly<Record<string, string>> = {},
): Statement {
  const text = questionText(file);
  const parameters = createParameters({ site: siteId, ...periodOf(shared), ...own });
  const parts = partsOf(table, shared, OVER_HTTP, parameters, text);
  return { sql: render(text, { ...parts, ...more }), params: parameters.values };
}

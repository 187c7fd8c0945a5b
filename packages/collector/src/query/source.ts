import type { FieldReader } from "./fields.js";
import { knownDevicesSql, personSql } from "./person.js";
import { sqlFile, statementOf } from "./sql-file.js";
import { render } from "./template.js";

/** How a statement names the site and the period: as parameters over HTTP, as arguments in a view. */
export interface Place {
  /** Condition on `site_id`, without a table. */
  site: string;
  /** The period as moments: the first is in it, the second is not. */
  from: string;
  to: string;
}

/**
 * A table with what its fields and its persons need beside it, for a FROM. Whatever is not named is
 * not joined. The joined columns have names of their own, so that columns of the table need no prefix.
 */
export function sourceSql(fields: FieldReader, place: Place, needsPerson: boolean): string {
  const { table } = fields;
  const known = knownDevicesSql(place.site);
  // A customer who is imported again replaces the row.
  const joins: string[] = [table === "customers" ? "customers FINAL" : table];
  const join = (select: string, name: string, on: string): void => {
    joins.push(
      `GLOBAL LEFT JOIN\n(\n    ${select.replaceAll("\n", "\n    ")}\n) AS ${name} ON ${on}`,
    );
  };
  if (needsPerson || fields.traits.length > 0) {
    join(known, "known", `${table}.person_key = known.device_key`);
  }
  if (fields.traits.length > 0) {
    const traits = render(statementOf(sqlFile("parts/person_traits")), {
      person: personSql("person_key"),
      knownDevices: known,
      site: place.site,
      to: place.to,
      values: fields.traits
        .map(
          (path, n) =>
            `argMaxIf(ifNull(toString(traits.${path}), ''), (occurred_at, id), isNotNull(traits.${path})) AS trait${n}`,
        )
        .join(",\n"),
      named: fields.traits.map((path) => `isNotNull(traits.${path})`).join(" OR "),
    });
    join(
      traits,
      "person_traits",
      `${personSql(`${table}.person_key`)} = person_traits.traits_person`,
    );
  }
  if (fields.origin) {
    const origin = render(statementOf(sqlFile("parts/session_origin")), { ...place });
    join(origin, "origin", `${table}.session_id = origin.origin_session`);
  }
  if (fields.ending) {
    const ending = render(statementOf(sqlFile("parts/session_outcome")), { ...place });
    join(ending, "ending", `${table}.session_id = ending.ending_session`);
  }
  return joins.join("\n");
}

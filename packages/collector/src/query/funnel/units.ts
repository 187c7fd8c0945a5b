import { knownDevicesSql, personSql } from "../person.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import type { FunnelQuery } from "./schema.js";

/** What the two forms of units need to know of a funnel, as SQL. */
export interface UnitParts {
  by: FunnelQuery["by"];
  overlapping: boolean;
  /** Condition on `site_id`, without a table. */
  site: string;
  /** Where events come from, for a FROM; overlapping by person, with the known devices. */
  events: string;
  where: string;
  /** The step that an event matches, 0 for none; asked only when no event can match two. */
  step: string;
  /** The steps that an event matches, as bits. */
  mask: string;
  steps: string;
  /** The field of the first step's event to group by. */
  breakdown?: { value: string; isFirst: string } | undefined;
}

/** One row a unit: its places, and the fields of its first-step events where they are asked. */
export function unitsSql(parts: UnitParts): string {
  const person = parts.by === "person";
  const { events } = parts;
  const known = knownDevicesSql(parts.site);
  const entry =
    parts.breakdown === undefined
      ? ""
      : `,\nminIf((toUnixTimestamp64Milli(occurred_at), ${parts.breakdown.value}), ${parts.breakdown.isFirst}) AS entry`;
  if (parts.overlapping) {
    // Events of two devices may share a millisecond: the person must be known before they are ordered.
    return render(statementOf(sqlFile("parts/units_overlapping")), {
      actor: person ? personSql("events.person_key") : actorSql(parts.by),
      events,
      where: parts.where,
      mask: parts.mask,
      steps: parts.steps,
      entry,
      entries: entry === "" ? "" : ",\nentry",
    });
  }
  const actors = render(statementOf(sqlFile("parts/units_disjoint")), {
    actor: actorSql(parts.by),
    step: parts.step,
    events,
    where: parts.where,
    entry,
  });
  if (!person) return actors;
  return render(statementOf(sqlFile("parts/units_person")), {
    actors,
    knownDevices: known,
    person: personSql("actors.actor"),
    entries: entry === "" ? "" : ",\nminIf(actors.entry, actors.entry.1 != 0) AS entry",
  });
}

function actorSql(by: FunnelQuery["by"]): string {
  if (by === "person") return "person_key";
  return by === "session" ? "session_id" : "account_id";
}

import { knownDevicesSql, personSql } from "../person.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import type { ChainQuery } from "./schema.js";

/** What the forms of units need to know of a funnel, as SQL. */
export interface UnitParts {
  by: ChainQuery["by"];
  /** Condition on `site_id`, without a table. */
  site: string;
  /** Where events come from, for a FROM; with the known devices where `matchesSql` asks for persons. */
  events: string;
  where: string;
  /** The field of the first step's event to group by. */
  breakdown?: { value: string; isFirst: string } | undefined;
  /** Whether an event is one of the last step with a value. */
  goal?: string | undefined;
  /** Whether the ids of units are asked, of persons those of user and device. */
  who?: boolean;
}

interface Extra {
  name: string;
  gathered: string;
  /** Of the devices of one person. */
  united: string;
}

/** Of each unit, beside its events. */
function extrasOf(parts: UnitParts): Extra[] {
  const moment = "toUnixTimestamp64Milli(occurred_at)";
  const { breakdown, goal, who = false } = parts;
  return [
    ...(breakdown === undefined
      ? []
      : [
          {
            name: "entry",
            gathered: `minIf((${moment}, ${breakdown.value}), ${breakdown.isFirst})`,
            united: "minIf(actors.entry, actors.entry.1 != 0)",
          },
        ]),
    ...(goal === undefined
      ? []
      : [
          {
            name: "goals",
            gathered: `groupArrayIf((toUInt64(${moment}), id, assumeNotNull(value), toString(currency)), ${goal})`,
            united: "groupArrayArray(actors.goals)",
          },
        ]),
    ...(who
      ? [
          {
            name: "who",
            gathered: "(max(user_id), max(anonymous_id))",
            united: "(max(actors.who.1), max(actors.who.2))",
          },
        ]
      : []),
  ];
}

const list = (texts: readonly string[]): string => texts.map((text) => `,\n${text}`).join("");

/** One row a unit, `unit` and its places, when no event can match two steps. */
export function placesSql(parts: UnitParts & { step: string }): string {
  const person = parts.by === "person";
  const extras = extrasOf(parts);
  const actors = render(statementOf(sqlFile("parts/units_disjoint")), {
    actor: actorSql(parts.by),
    as: person ? "actor" : "unit",
    step: parts.step,
    events: parts.events,
    where: parts.where,
    entry: list(extras.map(({ name, gathered }) => `${gathered} AS ${name}`)),
  });
  if (!person) return actors;
  return render(statementOf(sqlFile("parts/units_person")), {
    actors,
    knownDevices: knownDevicesSql(parts.site),
    person: personSql("actors.actor"),
    entries: list(extras.map(({ name, united }) => `${united} AS ${name}`)),
  });
}

export interface MatchParts extends UnitParts {
  /** The steps that an event matches, as bits. */
  mask: string;
  /** The ways in which an event stands in the way, as bits. */
  blocks?: string | undefined;
  /** Whether copies of an event could count: then each is taken once, by its id. */
  distinct: boolean;
}

/**
 * One row a unit: `unit`, `matches` and `blocks`. The person is known before events are put in
 * order: those of two devices may share a millisecond.
 */
export function matchesSql(parts: MatchParts): string {
  const extras = extrasOf(parts);
  const moment = "bitShiftLeft(toUInt64(toUnixTimestamp64Milli(occurred_at)), 20)";
  const match = `toUInt64(${moment} + ${parts.mask})`;
  const matched = parts.blocks === undefined ? "" : `, ${parts.mask} != 0`;
  const group = parts.blocks === undefined ? "groupArray" : "groupArrayIf";
  return render(statementOf(sqlFile("parts/units_matches")), {
    unit: unitSql(parts.by),
    events: parts.events,
    where: parts.where,
    gathered: parts.distinct
      ? `${group}((id, ${match})${matched})`
      : `${group}(${match}${matched})`,
    matches: parts.distinct
      ? "arraySort(arrayMap(m -> m.2, arrayFilter((m, n) -> n = 1, arraySort(gathered), arrayEnumerateUniq(arrayMap(m -> m.1, arraySort(gathered))))))"
      : "arrayCompact(arraySort(gathered))",
    blocked:
      parts.blocks === undefined
        ? "CAST([], 'Array(UInt64)')"
        : `groupArrayIf(toUInt64(${moment} + ${parts.blocks}), ${parts.blocks} != 0)`,
    entry: list(extras.map(({ name, gathered }) => `${gathered} AS ${name}`)),
    entries: list(extras.map(({ name }) => name)),
  });
}

/** Whose an event is, where persons are asked beside the known devices. */
export const unitSql = (by: ChainQuery["by"]): string =>
  by === "person" ? personSql("events.person_key") : actorSql(by);

function actorSql(by: ChainQuery["by"]): string {
  if (by === "person") return "person_key";
  return by === "session" ? "session_id" : "account_id";
}

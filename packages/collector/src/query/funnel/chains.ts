import type { Parameters } from "../parameters.js";
import { FieldReader } from "../fields.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import type { ChainQuery } from "./schema.js";
import { setsOf, setsSql } from "./sets.js";
import { type ChainOptions, unitParts } from "./reading.js";
import { matchSql, overlapping, requiredPlaces, type Shape } from "./steps.js";
import { matchesSql, placesSql } from "./units.js";

/**
 * A SELECT of one row for each unit that reached the first step: `side`, `unit`, `grp`, `carried`,
 * `start` and `moments`, those of its counted chain by step, 0 for an optional step not done.
 */
export function chainsSql(options: ChainOptions): string {
  const { query, shape, parameters } = options;
  const guarded =
    query.order === "strict" || shape.exclusions.length > 0 || shape.required < shape.steps.length;
  const form = query.order === "unordered" ? "unordered" : guarded ? "guarded" : "ordered";
  const shared = overlapping(shape.inner);
  const required = parameters.add("UInt8", shape.required);
  const fields = new FieldReader("events");
  const matches = shape.inner.map((step) => matchSql(step, parameters, fields));
  const blocks = blocksSql(shape, query.order, matches, parameters, fields);
  const units = options.sides.map((side) => {
    // On top of what the steps need, each side joins what its filters do.
    const own = { ...options, fields: fields.copy(), side };
    if (form === "ordered" && !shared)
      return placesSql({ ...unitParts(own, matches, blocks, false), step: stepSql(matches) });
    const parts = unitParts(own, matches, blocks, query.by === "person");
    const events = matchesSql({ ...parts, mask: maskSql(matches), blocks, distinct: shared });
    if (form === "unordered") return events;
    return render(statementOf(sqlFile(shared ? "parts/places" : "parts/places_apart")), {
      units: events,
      steps: required,
    });
  });
  const parts = {
    units: units
      .map((sql, side) => `SELECT ${side} AS side, *\nFROM\n(\n    ${indent(sql)}\n)`)
      .join("\nUNION ALL\n"),
    window: parameters.add("UInt64", Math.round(query.windowSeconds * 1000)),
    group: options.breakdown === undefined ? "''" : "entry.2",
    carried: options.carried ?? "''",
  };
  if (form === "ordered") return orderedSql({ ...parts, steps: required, shared });
  const items = itemsSql(shape);
  if (form === "unordered") {
    const sets = setsSql(setsOf(shape.inner.slice(0, shape.required)));
    return render(statementOf(sqlFile("parts/chains_unordered")), { ...parts, items, sets });
  }
  const ways = guardsOf(shape, query.order);
  const guards = parameters.add("Array(UInt16)", ways);
  // The same things stand in the way of every step, as a rule: then they are found once.
  const common = new Set(ways.slice(1)).size === 1;
  return render(statementOf(sqlFile("parts/chains_guarded")), {
    ...parts,
    items,
    required,
    guards,
    barriers: common
      ? barriersSql(`${guards}[2]`)
      : render(sqlFile("parts/barriers_by_step"), {
          required,
          barriers: barriersSql(`${guards}[k]`),
        }),
  });
}

/** At each place, the last moment before it of what the guard names. */
const barriersSql = (guard: string): string => render(sqlFile("parts/barriers"), { guard });

/** Steps in their order with anything between them. */
export function orderedSql(parts: {
  units: string;
  steps: string;
  window: string;
  group: string;
  carried: string;
  /** Whether an event may match several steps: then places of one step may share a millisecond. */
  shared: boolean;
}): string {
  const { shared, ...rest } = parts;
  return render(statementOf(sqlFile("parts/chains_ordered")), {
    ...rest,
    start: shared ? sqlFile("parts/latest_start") : "arrayFirst(s -> s != 0, acc.2)",
  });
}

const indent = (sql: string): string => sql.replaceAll("\n", "\n    ");

function stepSql(matches: readonly string[]): string {
  return `toUInt64(multiIf(${matches.map((match, place) => `${match}, ${place + 1}`).join(", ")}, 0))`;
}

function maskSql(matches: readonly string[]): string {
  return `toUInt64(${matches.map((match, place) => `if(${match}, ${2 ** place}, 0)`).join(" + ")})`;
}

/** Bit 0: a required step, where order is strict; then a bit an exclusion. */
function blocksSql(
  shape: Shape,
  order: ChainQuery["order"],
  matches: readonly string[],
  parameters: Parameters,
  fields: FieldReader,
): string | undefined {
  const strict = matches.slice(0, shape.required).join(" OR ");
  const ways = [
    ...(order === "strict" ? [`if(${strict}, 1, 0)`] : []),
    ...shape.exclusions.map(
      (exclusion, index) =>
        `if(${matchSql(exclusion, parameters, fields)}, ${2 ** (index + 1)}, 0)`,
    ),
  ];
  return ways.length === 0 ? undefined : `toUInt64(${ways.join(" + ")})`;
}

/** For each required step, the ways that count between the one before and it. */
function guardsOf(shape: Shape, order: ChainQuery["order"]): number[] {
  return Array.from({ length: shape.required }, (_, index) => {
    if (index === 0) return 0;
    return shape.exclusions.reduce(
      (bits, { between: [from, to] }, place) =>
        from <= index && index + 1 <= to ? bits + 2 ** (place + 1) : bits,
      order === "strict" ? 1 : 0,
    );
  });
}

/** The steps in their own order: `(place among the required ones or 0, number in SQL, next required one)`. */
function itemsSql(shape: Shape): string {
  const places = requiredPlaces(shape.steps);
  const items = shape.steps.map((step, index) => {
    const place = places[index] ?? 0;
    const number = shape.inner.indexOf(step) + 1;
    return step.optional ? `(0, ${number}, ${place + 1})` : `(${place}, ${number}, ${place})`;
  });
  return `CAST([${items.join(", ")}], 'Array(Tuple(UInt8, UInt8, UInt8))')`;
}

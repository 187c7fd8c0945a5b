/** A column of an answer: its name, what it is, and which other columns belong to it. */
export type Column = Readonly<{ name: string; nullable?: boolean }> &
  Readonly<
    | {
        /**
         * `dimension`: a text that rows are told apart by · `moment`: ISO 8601, UTC · `day`: ISO date ·
         * `count` · `seconds` · `number`: any other · `bound`: an end of another column's interval ·
         * `flag`: true or false · `object`: JSON · `list`: objects.
         */
        kind: "day" | "count" | "seconds" | "number" | "bound" | "flag" | "object" | "list";
      }
    | {
        kind: "dimension";
        /** Text, if not given. */
        type?: "integer";
        /** Rows are not told apart by it: it is what is known of them. */
        measured?: true;
      }
    | {
        kind: "moment";
        /** Rows are not told apart by it: it is what is known of them. */
        measured?: true;
      }
    | {
        /** An amount; `currency` is the column that names its currency. */
        kind: "money";
        currency?: string;
      }
    | ({
        /** 0 to 1; `low` and `high` are the columns of its 95 % interval, `n` that of its denominator. */
        kind: "share";
      } & Partial<Interval>)
    | ({
        /** A mean of measures, or a score on a scale from `min` to `max`. */
        kind: "mean" | "score";
        min?: number;
        max?: number;
      } & Interval)
  >;

interface Interval {
  low: string;
  high: string;
  n?: string;
}

export const GROUP: Column = { name: "group", kind: "dimension" };

/** Columns that rows are told apart by. */
export const isKey = (column: Column): boolean =>
  column.kind === "day" ||
  ((column.kind === "dimension" || column.kind === "moment") && column.measured !== true);

const TYPES: Readonly<Record<Column["kind"], object>> = {
  dimension: { type: "string" },
  moment: { type: "string", format: "date-time" },
  day: { type: "string", format: "date" },
  count: { type: "integer", minimum: 0 },
  seconds: { type: "number" },
  money: { type: "number" },
  number: { type: "number" },
  bound: { type: "number" },
  flag: { type: "boolean" },
  object: { type: "object" },
  list: { type: "array", items: { type: "object" } },
  share: { type: "number", minimum: 0, maximum: 1 },
  mean: { type: "number" },
  score: { type: "number" },
};

/** JSON Schema of a row; `x-column` of each property is the column itself, in the order of the list. */
export function rowSchema(columns: readonly Column[]): Record<string, unknown> {
  return {
    type: "object",
    properties: Object.fromEntries(columns.map((column) => [column.name, schemaOf(column)])),
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf(column: Column): object {
  const schema =
    column.kind === "dimension" && column.type !== undefined
      ? { type: column.type }
      : TYPES[column.kind];
  const nullable = column.nullable === true;
  return {
    ...(nullable ? { anyOf: [schema, { type: "null" }] } : schema),
    "x-column": column,
  };
}

/** Puts right in a row what JSON lacks: ClickHouse writes `2026-01-31 12:00:00.000`, UTC. */
export function toWire(
  row: Record<string, unknown>,
  columns: readonly Column[],
): Record<string, unknown> {
  for (const { name, kind } of columns) {
    const value = row[name];
    if (kind === "moment" && typeof value === "string") row[name] = `${value.replace(" ", "T")}Z`;
  }
  return row;
}

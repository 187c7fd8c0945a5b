import { z } from "zod";
import { definePlain } from "../define.js";
import { findIndicator, type FindQuery, type Measure } from "../indicator.js";
import { expand } from "../macros.js";
import { ordered } from "../ordered.js";
import { periodFields } from "../period.js";
import type { Asking, Statement } from "../query.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { type Target, targetsSchema } from "../target.js";
import { render } from "../template.js";

/** Every indicator that has a target beside it. */
export const targets = (find: FindQuery) => [
  definePlain({
    name: "targets",
    topic: "overview",
    view: "table",
    parameters: z.strictObject({
      ...periodFields,
      targets: targetsSchema.optional().describe("The collector's if not given"),
    }),
    example: {
      targets: [
        {
          name: "Few bounces",
          question: "sessions_summary",
          measure: "bounceRate",
          target: 0.4,
          better: "lower",
        },
      ],
    },
    statement: ({ targets: given, ...period }, siteId, asking) => {
      const own = (asking.targets ?? []).filter(({ site = siteId }) => site === siteId);
      const all = (given ?? own).map((target, place) =>
        oneTarget(find, target, place, period, siteId, asking),
      );
      const nothing = statementOf(sqlFile("parts/no_target"));
      return {
        sql: render(statementOf(sqlFile("targets")), {
          values: all.length === 0 ? nothing : all.map(({ sql }) => sql).join("\nUNION ALL\n"),
        }),
        params: Object.assign({}, ...all.map(({ params }) => params)),
      };
    },
    row: [
      { name: "name", kind: "dimension" },
      { name: "question", kind: "dimension" },
      { name: "measure", kind: "dimension" },
      { name: "better", kind: "dimension" },
      { name: "value", kind: "number", nullable: true },
      { name: "low", kind: "bound", nullable: true },
      { name: "high", kind: "bound", nullable: true },
      { name: "n", kind: "count", nullable: true },
      { name: "target", kind: "number" },
      { name: "gap", kind: "number", nullable: true },
      { name: "gapLow", kind: "bound", nullable: true },
      { name: "gapHigh", kind: "bound", nullable: true },
      { name: "state", kind: "dimension" },
    ],
  }),
];

function oneTarget(
  find: FindQuery,
  target: Target,
  place: number,
  period: object,
  siteId: string,
  asking: Asking,
): Statement {
  const { query, measure } = findIndicator(find, target);
  const answer = query.build({ ...target.parameters, ...period }, siteId, asking);
  const chosen = Object.entries(target.row ?? {});
  const sql = render(statementOf(sqlFile("parts/target")), {
    ...endsOf(measure),
    answer: ordered(answer.sql),
    row:
      chosen.length === 0
        ? "true"
        : chosen.map(([key], n) => `toString(\`${key}\`) = {key${n}:String}`).join(" AND "),
  });
  const { name, question, measure: column, better, target: aim } = target;
  const keys = Object.fromEntries(chosen.map(([, value], n) => [`key${n}`, String(value)]));
  const params = { ...answer.params, ...keys };
  return apart(
    { sql, params: { ...params, place, name, question, measure: column, better, target: aim } },
    place,
  );
}

const named = (name: string | undefined): string => (name === undefined ? "NULL" : `\`${name}\``);

function endsOf({ column, low, high, n }: Measure): Record<string, string> {
  const value = `\`${column.name}\``;
  if (column.kind === "count") {
    return {
      value,
      low: expand(`{{rateLow(${value}, 1)}}`),
      high: expand(`{{rateHigh(${value}, 1)}}`),
      n: value,
    };
  }
  return { value, low: named(low), high: named(high), n: named(n) };
}

/** Parameters of each get names of their own. */
const apart = ({ sql, params }: Statement, place: number): Statement => ({
  sql: sql.replace(/\{(\w+):/g, `{t${place}_$1:`),
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [`t${place}_${name}`, value]),
  ),
});

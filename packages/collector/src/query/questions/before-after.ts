import { LIMITS } from "@balise/schema";
import { z } from "zod";
import { type Column, isKey } from "../columns.js";
import { definePlain } from "../define.js";
import { comparable, fault, type FindQuery, measuresOf, within } from "../indicator.js";
import { expand } from "../macros.js";
import { ordered } from "../ordered.js";
import { momentOf, momentSchema } from "../period.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";

const DAY = 86_400_000;

const iso = (moment: number): string => new Date(moment).toISOString();

const fields = {
  question: z.string().describe("The question whose numbers are compared"),
  parameters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Its own parameters, without from, to and compare"),
  annotation: z.string().min(1).max(LIMITS.identifierCharacters).optional(),
  at: momentSchema.optional().describe("The moment, where there is no annotation of it"),
  since: momentSchema
    .optional()
    .describe("Where the time after begins; the annotation's end, or `at`, if not given"),
  days: z.int().min(1).max(366).default(14).describe("Days on either side"),
};

const schema = z
  .strictObject(fields)
  .refine(({ annotation, at }) => (annotation === undefined) !== (at === undefined), {
    error: "name the annotation, or the moment with at",
    path: ["annotation"],
  });

const foundSchema = z.array(z.object({ startsAt: z.number(), endsAt: z.number() }));

/** The numbers of another question before and after a moment. */
export const beforeAfter = (find: FindQuery) => [
  definePlain({
    name: "before_after",
    topic: "overview",
    view: "table",
    parameters: schema,
    example: { question: "sessions_summary", at: "2026-01-15", days: 14 },
    resolve: async (input, site, lookUp) => {
      const { annotation, ...rest } = schema.parse(input);
      if (annotation === undefined) return rest;
      const sql = statementOf(sqlFile("parts/annotation"));
      const [found] = foundSchema.parse(await lookUp({ sql, params: { site, annotation } }));
      if (found === undefined) {
        const message = `there is no annotation ${JSON.stringify(annotation)}; the question annotations lists them`;
        throw fault(["annotation"], message, annotation);
      }
      return { since: iso(found.endsAt), ...rest, at: iso(found.startsAt) };
    },
    statement: ({ question, parameters, ...asked }, siteId, asking) => {
      const query = comparable(find, question);
      for (const name of ["from", "to", "compare"]) {
        if (name in parameters) throw fault(["parameters", name], "is what days and at say", name);
      }
      const periods = periodsOf(asked, asking.now());
      const compared = within(["parameters"], () =>
        query.build({ ...parameters, ...periods }, siteId, asking),
      );
      const { sql, params, groups, row } = compared;
      const keys = row.filter(isKey).map(({ name }) => `ifNull(toString(\`${name}\`), '')`);
      return {
        sql: render(statementOf(sqlFile("before_after")), {
          withheld: groups === undefined ? "" : "withheld,",
          keys: keys.length === 0 ? "emptyArrayString()" : `[${keys.join(", ")}]`,
          compared: ordered(sql),
          measures: measuresSql(row),
        }),
        params,
        ...(groups !== undefined && { groups }),
      };
    },
    row: [
      { name: "row", kind: "dimension" },
      { name: "measure", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "before", kind: "number", nullable: true },
      { name: "after", kind: "number", nullable: true },
      { name: "nBefore", kind: "count", nullable: true },
      { name: "nAfter", kind: "count", nullable: true },
      { name: "difference", kind: "number", nullable: true },
      { name: "low", kind: "bound", nullable: true },
      { name: "high", kind: "bound", nullable: true },
      { name: "changed", kind: "flag" },
    ],
  }),
];

/** The period after, and the one before as what it is compared with. */
function periodsOf(
  { at, since = at, days }: { at?: string | undefined; since?: string | undefined; days: number },
  now: number,
): { from: string; to: string; compare: { from: string; to: string } } {
  if (at === undefined || since === undefined) throw fault(["at"], "is not given", at);
  const [end, start] = [momentOf(at), momentOf(since)];
  if (start < end) throw fault(["since"], `${since} is before ${at}`, since);
  if (start >= now) throw fault(["at"], `nothing can be known yet of the time after ${since}`, at);
  const length = Math.min(days * DAY, now - start);
  return {
    from: iso(start),
    to: iso(start + length),
    compare: { from: iso(end - length), to: iso(end) },
  };
}

/** A tuple for each measure that both periods have: its place, name, kind and numbers. */
function measuresSql(row: readonly Column[]): string {
  const names = new Set(row.map(({ name }) => name));
  return measuresOf(row)
    .filter(({ column }) => names.has(`${column.name}Other`))
    .map(({ column: { name, kind }, n }, place) => {
      const [after, before] = [`\`${name}\``, `\`${name}Other\``];
      const ends =
        kind === "count"
          ? [countEnd("Low", after, before), countEnd("High", after, before)]
          : ["Low", "High"].map((end) =>
              names.has(`${name}Difference${end}`) ? `\`${name}Difference${end}\`` : "NULL",
            );
      const sizes = n === undefined ? ["NULL", "NULL"] : [`\`${n}Other\``, `\`${n}\``];
      const numbers = [before, after].map(float);
      const counts = sizes.map((size) => `CAST(${size} AS Nullable(UInt64))`);
      const difference = [`${numbers[1]} - ${numbers[0]}`, ...ends].map(float);
      // The names are those of definitions, never of whoever asks.
      return `(${[place, `'${name}'`, `'${kind}'`, ...numbers, ...counts, ...difference].join(", ")})`;
    })
    .join(",\n");
}

const float = (sql: string): string => `CAST(${sql} AS Nullable(Float64))`;

function countEnd(end: "Low" | "High", after: string, before: string): string {
  return expand(`{{countDifference${end}(${after}, ${before})}}`);
}

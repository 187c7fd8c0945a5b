import { z } from "zod";
import { type Column, GROUP, isKey } from "./columns.js";
import type { Query } from "./query.js";

/** How a question is found by its name: handed in, since some questions are about others. */
export type FindQuery = (name: string) => Query | undefined;

/** One number of a question's answer: what targets and alerts are about. */
export const indicatorFields = {
  question: z.string(),
  parameters: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Those of the question, without from, to and compare"),
  measure: z.string().describe("The column, such as bounceRate"),
  row: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('Which row, of a question with several: {"step": 3}'),
};

export interface Indicator {
  question: string;
  parameters: Record<string, unknown>;
  measure: string;
  row?: Record<string, string | number> | undefined;
}

/** A column that is a number which can be aimed at, and those that belong to it. */
export interface Measure {
  column: Column;
  low?: string;
  high?: string;
  n?: string;
}

const MEASURES: ReadonlySet<Column["kind"]> = new Set<Column["kind"]>([
  "share",
  "mean",
  "score",
  "count",
  "seconds",
  "money",
  "number",
]);

/** The measures of an answer, in the order of its columns. */
export function measuresOf(columns: readonly Column[]): Measure[] {
  return columns
    .filter(({ kind }) => MEASURES.has(kind))
    .map((column) => {
      if (column.kind !== "share" && column.kind !== "mean" && column.kind !== "score") {
        return { column };
      }
      const { low, high, n } = column;
      return {
        column,
        ...(low !== undefined && high !== undefined && { low, high }),
        ...(n !== undefined && { n }),
      };
    });
}

/**
 * The question of an indicator and its measure.
 * @throws z.ZodError that names the field and says what there is.
 */
export function findIndicator(
  find: FindQuery,
  { question, parameters, measure: name, row }: Indicator,
): { query: Query; measure: Measure } {
  const query = comparable(find, question);
  for (const given of ["from", "to", "compare"]) {
    if (given in parameters) {
      throw fault(["parameters", given], "is not given here: the periods are known", given);
    }
  }
  checkParameters(query, parameters);
  const measures = measuresOf(query.row);
  const measure = measures.find(({ column }) => column.name === name);
  if (measure === undefined) {
    const names = measures.map(({ column }) => column.name).join(", ");
    throw fault(
      ["measure"],
      `${JSON.stringify(name)} is no measure of ${question}; it has ${names}`,
      name,
    );
  }
  checkRow(query, parameters, row);
  return { query, measure };
}

/** @throws z.ZodError for a question that there is not, or that has no periods. */
export function comparable(find: FindQuery, name: string): Query {
  const query = find(name);
  if (query?.comparable === true) return query;
  const why = query === undefined ? "is no question" : "is not asked of two periods";
  throw fault(["question"], `${JSON.stringify(name)} ${why}; balise query list names them`, name);
}

function checkParameters(query: Query, parameters: Record<string, unknown>): void {
  const result = query.parameters.safeParse(parameters);
  if (result.success) return;
  throw new z.ZodError(
    result.error.issues.map((issue) => ({ ...issue, path: ["parameters", ...issue.path] })),
  );
}

function checkRow(
  query: Query,
  parameters: Record<string, unknown>,
  row: Record<string, unknown> | undefined,
): void {
  const grouped = parameters["breakdown"] === undefined ? [] : [GROUP.name];
  const keys = [...grouped, ...query.row.filter(isKey).map(({ name }) => name)];
  const named = Object.keys(row ?? {});
  const unknown = named.find((name) => !keys.includes(name));
  if (unknown !== undefined) {
    const there = keys.length === 0 ? "its answer is one row" : `there are ${keys.join(", ")}`;
    throw fault(
      ["row", unknown],
      `rows of ${query.name} are not told apart by ${JSON.stringify(unknown)}: ${there}`,
      unknown,
    );
  }
  if (keys.length > 0 && named.length === 0) {
    throw fault(
      ["row"],
      `${query.name} answers several rows: say which one by ${keys.join(", ")}`,
      row,
    );
  }
}

export function fault(path: string[], message: string, input: unknown): z.ZodError {
  return new z.ZodError([{ code: "custom", path, message, input }]);
}

/** Looks at a part of something larger: what is wrong with it is told with the way to it. */
export function within<Result>(path: (string | number)[], look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new z.ZodError(
      error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    );
  }
}

import { z } from "zod";
import { type Column, GROUP } from "./columns.js";
import { sideBySide } from "./compare.js";
import { fieldsOf, type Table } from "./fields.js";
import { aboveFloor, type Floor } from "./floor.js";
import { fileStatement } from "./frame.js";
import { otherSide } from "./other-period.js";
import type { ParameterValue } from "./parameters.js";
import type { Asked, Asking, Query, SqlView, Statement, Topic, View } from "./query.js";
import { segmentFields, type Shared, sharedFields, singlesOut } from "./shared.js";
import { headerOf, sqlFile } from "./sql-file.js";
import { fileView } from "./views.js";

interface Face {
  /** Of the question, of its file in `sql/` and of its view in ClickHouse. */
  name: string;
  topic: Topic;
  view: View;
  row: readonly Column[];
  /** Parameters with which it answers, where none will not do. */
  example?: Readonly<Record<string, unknown>>;
}

/** A question about a table, for a period, a segment, groups, and compared. */
export interface Definition<Own extends z.ZodRawShape> extends Face {
  table: Table;
  /** Its own parameters; each is `{name:Type}` in the file, as it is. */
  parameters: Own;
  floor: Floor;
  /** For a statement that is not that of the file with its own parameters. */
  statement?: (
    own: z.output<z.ZodObject<Own>>,
    shared: Shared,
    siteId: string,
    asking: Asking,
  ) => Statement;
  /** Whether the own parameters single out people; filters are looked at anyhow. */
  singlesOut?: (own: z.output<z.ZodObject<Own>>) => boolean;
  /** Columns that are there only when something is asked for, behind the others. */
  extra?: (own: z.output<z.ZodObject<Own>>, shared: Shared) => readonly Column[];
  /** Its statement compares by itself: it is given `compare`. */
  compares?: true;
  /** Its rows are single cases, which make no groups and are compared with nothing. */
  lists?: true;
  /** Views other than that of the file. */
  sqlViews?: Query["sqlViews"];
}

/** The floor where nobody says otherwise. */
export const MIN_GROUP = 5;

const USUAL: Asking = { minGroup: MIN_GROUP, now: Date.now };

export function define<Own extends z.ZodRawShape>(definition: Definition<Own>): Query {
  const { name, table, row, floor, example = {} } = definition;
  const shared = definition.lists === true ? segmentFields(table) : sharedFields(table);
  const ownSchema = z.object(definition.parameters);
  const sharedSchema = z.object(shared);
  const parameters = z.strictObject({ ...definition.parameters, ...shared });

  const statement =
    definition.statement ??
    ((values: z.output<z.ZodObject<Own>>, asked: Shared, siteId: string): Statement =>
      fileStatement(name, table, asked, siteId, valuesOf(values)));

  /** One side: the answer, without small groups. */
  const oneSide = (
    values: z.output<z.ZodObject<Own>>,
    asked: Shared,
    siteId: string,
    asking: Asking,
  ): Asked => {
    const { minGroup } = asking;
    const grouped = asked.breakdown !== undefined;
    const columns = [
      ...(grouped ? [GROUP] : []),
      ...row,
      ...(definition.extra?.(values, asked) ?? []),
    ];
    const answer = statement(values, asked, siteId, asking);
    const rowByRow = definition.singlesOut?.(values) === true;
    const guarded = grouped || singlesOut(asked) || rowByRow;
    return guarded && minGroup > 1
      ? aboveFloor(answer, columns, floor, minGroup, rowByRow)
      : { ...answer, row: columns };
  };

  return {
    ...faceOf(definition),
    parameters,
    fields: fieldsOf(table),
    example,
    comparable: true,
    build: (input, siteId, asking) => {
      parameters.parse(input);
      const values = ownSchema.parse(input);
      const asked: Shared = sharedSchema.parse(input);
      const frame = { ...USUAL, ...asking };
      const { compare, ...alone } = asked;
      if (compare === undefined || definition.compares === true)
        return oneSide(values, asked, siteId, frame);
      const answer = oneSide(values, alone, siteId, frame);
      const other = otherSide(asked, compare);
      return sideBySide(answer, oneSide(values, other.shared, siteId, frame), other.shift);
    },
    sqlViews:
      definition.sqlViews ??
      ((singleSite) => [fileView(name, table, singleSite, valuesOf(ownSchema.parse(example)))]),
  };
}

/** A question that shares no parameters: its statement is its own. */
export function definePlain<Parameters extends z.ZodType>(
  definition: Face & {
    parameters: Parameters;
    statement: (input: z.output<Parameters>, siteId: string, asking: Asking) => Omit<Asked, "row">;
    resolve?: Query["resolve"];
    sqlViews?: (singleSite: string | undefined) => SqlView[];
  },
): Query {
  const { parameters, row, example = {}, resolve } = definition;
  return {
    ...faceOf(definition),
    parameters,
    fields: null,
    example,
    ...(resolve !== undefined && { resolve }),
    build: (input, siteId, asking) => ({
      ...definition.statement(parameters.parse(input), siteId, { ...USUAL, ...asking }),
      row,
    }),
    sqlViews: definition.sqlViews ?? (() => []),
  };
}

function faceOf({ name, topic, view, row }: Face) {
  const text = sqlFile(name);
  return {
    name,
    topic,
    view,
    row,
    question: headerOf(text, "question"),
    unit: headerOf(text, "unit"),
    definition: headerOf(text, "definition"),
    caveat: headerOf(text, "caveat"),
  };
}

const valueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);

/** Own parameters as those of the statement: a file cannot ask for one that has no value. */
const valuesOf = (own: object): Record<string, ParameterValue> =>
  z.record(z.string(), valueSchema).parse(own);

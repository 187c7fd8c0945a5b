import { COLUMN_KINDS, type Column } from "./column.js";

export const VIEWS = [
  "number",
  "table",
  "line",
  "bars",
  "funnel",
  "distribution",
  "matrix",
] as const;
export type View = (typeof VIEWS)[number];

/** The JSON Schema of one parameter, as far as a form needs it. */
export interface Schema {
  type?: string;
  enum?: readonly string[];
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  items?: Schema;
}

/** A question as `GET v1/query` lists it. */
export interface Question {
  name: string;
  topic: string;
  view: View;
  question: string;
  unit: string;
  definition: string;
  caveat: string;
  /** Its parameters by name, those that all questions share among them. */
  parameters: ReadonlyMap<string, Schema>;
  /** What filters and a breakdown may name; null where it takes neither. */
  fields: readonly string[] | null;
  /** Parameters with which it answers. */
  example: Readonly<Record<string, unknown>>;
  columns: readonly Column[];
}

/** Parameters that all questions about a table share. */
const SHARED = new Set(["from", "to", "filters", "breakdown", "compare"]);

export const ownParameters = ({ parameters }: Question): [string, Schema][] =>
  [...parameters].filter(([name]) => !SHARED.has(name));

/** Whether it has the field, so that it can be filtered or broken down by it. */
export function hasField({ fields }: Question, name: string): boolean {
  if (fields === null) return false;
  const scope = /^(properties|traits)\../.exec(name)?.[1];
  return fields.includes(scope === undefined ? name : `${scope}.*`);
}

/** What a collector of another version lists and this page cannot show is left out. */
export function questionsOf({ queries }: { queries: unknown[] }): Question[] {
  return queries.flatMap((listed) => {
    if (!isRecord(listed)) return [];
    const view = VIEWS.find((known) => known === listed["view"]);
    const name = textOf(listed["name"]);
    if (view === undefined || name === "") return [];
    return [
      {
        name,
        view,
        topic: textOf(listed["topic"]),
        question: textOf(listed["question"]),
        unit: textOf(listed["unit"]),
        definition: textOf(listed["definition"]),
        caveat: textOf(listed["caveat"]),
        parameters: new Map(propertiesOf(listed["parameters"])),
        fields: Array.isArray(listed["fields"]) ? listed["fields"].map(String) : null,
        example: isRecord(listed["example"]) ? listed["example"] : {},
        columns: propertiesOf(listed["row"]).flatMap(([, schema]) => columnOf(schema)),
      },
    ];
  });
}

function propertiesOf(schema: unknown): [string, Record<string, unknown>][] {
  const properties = isRecord(schema) ? schema["properties"] : undefined;
  if (!isRecord(properties)) return [];
  return Object.entries(properties).map(([name, value]) => [name, isRecord(value) ? value : {}]);
}

function columnOf(schema: Record<string, unknown>): Column[] {
  const column = schema["x-column"];
  return isColumn(column) ? [column] : [];
}

function isColumn(value: unknown): value is Column {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    COLUMN_KINDS.some((kind) => kind === value["kind"])
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

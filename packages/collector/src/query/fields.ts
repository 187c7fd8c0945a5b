import { z } from "zod";

/** A table whose rows a question counts; its fields are what a condition or a breakdown may name. */
export type Table = "events" | "feedback" | "contacts" | "customers";

const PAGE: readonly [string, string][] = [
  ["page", "if(page_name != '', page_name, page_path)"],
  ["page.name", "page_name"],
  ["page.path", "page_path"],
];

const TIMES: readonly [string, string][] = [
  ["hour", "formatDateTime(occurred_at, '%FT%H:00:00Z', 'UTC')"],
  ["day", "toString(toDate(occurred_at))"],
  ["week", "toString(toMonday(occurred_at))"],
  ["month", "toString(toStartOfMonth(occurred_at))"],
];

const SHARED: readonly [string, string][] = [
  ...TIMES,
  ["channel", "channel"],
  ["outcome", "outcome"],
  ["sessionOutcome", "ending.session_outcome"],
  ["acquisitionChannel", "acquisition_channel"],
];

/** Fields as expressions over a table's columns. */
const COLUMNS: Readonly<Record<Table, ReadonlyMap<string, string>>> = {
  events: new Map([
    ...SHARED,
    ["area", "area"],
    ["currency", "currency"],
    ["value", "value"],
    ["device", "device"],
    ["browser", "browser"],
    ["os", "os"],
    ["country", "country"],
    ["region", "region"],
    ["locale", "locale"],
    ["consent", "consent"],
    ...PAGE,
    ["page.url", "page_url"],
    ["page.title", "page_title"],
    ["page.referrer", "page_referrer"],
    ["campaign.source", "campaign_source"],
    ["campaign.medium", "campaign_medium"],
    ["campaign.name", "campaign_name"],
    ["campaign.term", "campaign_term"],
    ["campaign.content", "campaign_content"],
  ]),
  feedback: new Map([
    ...SHARED,
    ["area", "area"],
    ["device", "device"],
    ["country", "country"],
    ["locale", "locale"],
    ...PAGE,
    ["surveyId", "survey_id"],
    ["surveyVersion", "toString(survey_version)"],
    ["questionId", "question_id"],
    ["kind", "kind"],
    ["metric", "metric"],
    ["score", "score"],
    ["choice", "choice"],
    ["touchpoint", "touchpoint"],
  ]),
  contacts: new Map([...SHARED, ["reason", "reason"]]),
  customers: new Map([["accountId", "account_id"]]),
};

/** Names of the fields of a table, in their order; `traits.*` for those with any key. */
export const fieldsOf = (table: Table): readonly string[] => [
  ...COLUMNS[table].keys(),
  ...(table === "events" ? ["properties.*"] : []),
  "traits.*",
];

/** Columns that hold a Nullable(Float64). */
const NUMBERS: ReadonlySet<string> = new Set(["value", "score"]);

/** Parts of a path into `properties` or `traits`; nothing that could end a quoted name. */
const PATH = /^[\p{L}\p{N}_$ -]{1,64}(\.[\p{L}\p{N}_$ -]{1,64}){0,7}$/u;

/** Tables whose fields a question may name. */
export const TABLES: readonly Table[] = ["events", "feedback", "contacts", "customers"];

/** A name of a field of the table. Only events have properties; any other name is one of theirs. */
export const fieldNameOf = oncePerTable(fieldName);

/** One schema for all who ask: a document can then name it once. */
export function oncePerTable<T>(make: (table: Table) => T): (table: Table) => T {
  const made = new Map<Table, T>();
  return (table) => {
    const known = made.get(table) ?? make(table);
    made.set(table, known);
    return known;
  };
}

function fieldName(table: Table): z.ZodType<string, string> {
  const columns = COLUMNS[table];
  const others = table === "events" ? "properties.<key> or traits.<key>" : "traits.<key>";
  return z
    .string()
    .max(256)
    .refine(
      (name) =>
        columns.has(name) ||
        (PATH.test(name) && (table === "events" || name.startsWith("traits."))),
      {
        error: ({ input }) =>
          `${JSON.stringify(input)} is no field of ${table}: must be one of ${[...columns.keys()].join(", ")}, ${others}`,
      },
    )
    .describe(
      `One of ${[...columns.keys()].join(", ")}, ${others}; a trait is the person's latest at the end of the period`,
    );
}

export interface FieldExpressions {
  /** The value as a String, empty where there is none. */
  text: string;
  /** The value as a Nullable(Float64). */
  number: string;
  /** Whether there is a value. */
  exists: string;
}

const TIME_NAMES: ReadonlySet<string> = new Set(TIMES.map(([name]) => name));

/** Whether a field is a part of time: what is split by it is in order of time, and two periods share none. */
export const isTime = (name: string | undefined): boolean =>
  name !== undefined && TIME_NAMES.has(name);

/** Whether a field tells something about a person, not about what was done: the floor holds for these. */
export const isPersonal = (name: string): boolean => name.startsWith("traits.");

/**
 * Turns names of fields into SQL over a table, and keeps which of them must be joined to it: traits
 * are the person's, the acquisition channel and how it ended are the visit's.
 */
export class FieldReader {
  /** Paths of traits, quoted; the first is `trait0` of the join. */
  readonly traits: string[] = [];
  origin = false;
  ending = false;

  constructor(readonly table: Table) {}

  /** Another one that begins with what this one joins. */
  copy(): FieldReader {
    const other = new FieldReader(this.table);
    other.traits.push(...this.traits);
    other.origin = this.origin;
    other.ending = this.ending;
    return other;
  }

  /** SQL for a name that `fieldNameOf` has let through. */
  of(name: string): FieldExpressions {
    const column = COLUMNS[this.table].get(name);
    if (column !== undefined) return this.#column(name, column);
    const [, scope = "properties", path = name] = /^(properties|traits)\.(.+)$/u.exec(name) ?? [];
    const quoted = path
      .split(".")
      .map((part) => `\`${part}\``)
      .join(".");
    if (scope === "traits") return this.#trait(quoted);
    const text = `ifNull(toString(properties.${quoted}), '')`;
    return {
      text,
      number: `toFloat64OrNull(${text})`,
      exists: `isNotNull(properties.${quoted})`,
    };
  }

  #column(name: string, column: string): FieldExpressions {
    if (NUMBERS.has(name)) {
      return {
        text: `ifNull(toString(${column}), '')`,
        number: column,
        exists: `isNotNull(${column})`,
      };
    }
    if (name === "sessionOutcome") {
      this.ending = true;
      return ofText(`ifNull(${column}, '')`);
    }
    if (name !== "acquisitionChannel") return ofText(column);
    this.origin = true;
    return ofText(`ifNull(nullIf(origin.origin_channel, ''), ${column})`);
  }

  #trait(path: string): FieldExpressions {
    if (!this.traits.includes(path)) this.traits.push(path);
    const told = `ifNull(person_traits.trait${this.traits.indexOf(path)}, '')`;
    // What the customer base says of somebody comes before what their events said.
    return ofText(
      this.table === "customers"
        ? `ifNull(nullIf(ifNull(toString(traits.${path}), ''), ''), ${told})`
        : told,
    );
  }
}

const ofText = (sql: string): FieldExpressions => ({
  text: `toString(${sql})`,
  number: `toFloat64OrNull(toString(${sql}))`,
  exists: `${sql} != ''`,
});

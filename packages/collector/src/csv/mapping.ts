import { existsSync, readFileSync } from "node:fs";
import { IANAZone } from "luxon";
import { z } from "zod";
import { ImportError } from "./failure.js";
import { fieldNames, isFree, type Kind, kindOf, pathOf } from "./fields.js";
import { EVENTS } from "./shapes/events.js";
import type { Shape } from "./shapes/shape.js";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const sourceSchema = z.union(
  [
    z.string().min(1),
    z.strictObject({ value: scalar }),
    z.strictObject({
      column: z.string().min(1),
      type: z.enum(["string", "number", "boolean"]).optional(),
      values: z.record(z.string(), scalar).optional(),
      decimal: z.enum([",", "."]).optional(),
      format: z.string().min(1).max(100).optional(),
      timezone: z
        .string()
        .refine((zone) => IANAZone.isValidZone(zone), {
          error: "is no time zone such as Europe/Paris",
        })
        .optional(),
    }),
  ],
  {
    error:
      'must be a column\'s name, {"value": constant}, or {"column": …, "type": "string" | "number" | "boolean", "values": {…}, "decimal": ",", "format": "dd/MM/yyyy HH:mm", "timezone": "Europe/Paris"}',
  },
);

/** Where a wire field's value comes from: a column, a constant, or a column with a translation. */
export type FieldSource = z.infer<typeof sourceSchema>;

/** Wire fields, dotted, and their sources. */
export type Mapping = ReadonlyMap<string, FieldSource>;

/**
 * The mapping that `--map` names: `field=column,…`, or the path of a JSON file.
 * @throws ImportError when it is no mapping, or leaves out what every event needs.
 */
export function readMapping(option: string, shape = EVENTS): Mapping {
  const inline = option.includes("=") && !existsSync(option);
  return checkMapping(inline ? inlinePairs(option) : jsonFile(option), shape);
}

/** Columns whose names are fields stand for themselves. */
export function mappingOfHeader(header: readonly string[], shape = EVENTS): Mapping {
  const known = header.filter((column) => kindOf(column, shape) !== undefined);
  try {
    return checkMapping(Object.fromEntries(known.map((column) => [column, column])), shape);
  } catch {
    const wanted = shape.required.map(([field = ""]) => `${field}=…`).join(",");
    throw new ImportError(
      `the columns ${listed(header)} are not named as the fields of ${shape.name}: give --map "${wanted}"`,
    );
  }
}

/** @throws ImportError, naming the field and what is allowed. */
export function checkMapping(input: unknown, shape = EVENTS): Mapping {
  const parsed = z.record(z.string(), sourceSchema).safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ImportError(
      `the mapping's ${issue?.path.join(".") || "JSON"}: ${issue?.message ?? "is wrong"}`,
    );
  }
  const given = new Map(Object.entries(parsed.data));
  for (const [field, source] of given) checkField(field, source, given, shape);
  const mapping = new Map([...Object.entries(shape.usual ?? {}), ...given]);
  for (const fields of shape.required) {
    const [field = ""] = fields;
    if (fields.some((one) => mapping.has(one))) continue;
    throw new ImportError(
      field === "userId" && fields.length > 1
        ? "the mapping has no person: name a column for userId or anonymousId, userId=COLUMN"
        : `the mapping has no ${fields.join(" or ")}: name the column that holds it, ${field}=COLUMN`,
    );
  }
  return mapping;
}

function checkField(field: string, source: FieldSource, mapping: Mapping, shape: Shape): void {
  const kind = kindOf(field, shape);
  if (kind === undefined) {
    throw new ImportError(
      `the mapping's ${field} is not a field of ${shape.name}: ${fieldNames(shape)}`,
    );
  }
  if (typeof source === "object" && "column" in source) checkOptions(field, source, kind, shape);
  const path = pathOf(field);
  for (let length = 2; length < path.length; length++) {
    const parent = path.slice(0, length).join(".");
    if (mapping.has(parent)) {
      throw new ImportError(
        `the mapping has both ${parent} and ${field}: one cannot hold the other`,
      );
    }
  }
}

/** What is said of a column must be of use to its kind: an option in vain is a mistake. */
function checkOptions(
  field: string,
  { type, decimal, format, timezone }: Exclude<FieldSource, string | { value: unknown }>,
  own: Kind,
  shape: Shape,
): void {
  if (type !== undefined && !isFree(field, shape)) {
    throw new ImportError(
      `the mapping's ${field} has a type of its own: leave "type" to properties and traits`,
    );
  }
  const kind = type ?? own;
  const wrong: [string, boolean][] = [
    ["decimal", decimal !== undefined && kind !== "number"],
    ["format", format !== undefined && kind !== "time" && kind !== "day"],
    ["timezone", timezone !== undefined && kind !== "time"],
  ];
  for (const [option, inVain] of wrong) {
    if (inVain) throw new ImportError(`the mapping's ${field} is a ${kind}: it has no "${option}"`);
  }
}

function inlinePairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(",")) {
    const [, field, column] = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
    if (field === undefined || column === undefined) {
      throw new ImportError(
        `--map: ${JSON.stringify(pair)} is not field=column; a column with a comma in its name needs a JSON file`,
      );
    }
    if (Object.hasOwn(pairs, field)) throw new ImportError(`--map names ${field} twice`);
    pairs[field] = column;
  }
  return pairs;
}

function jsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new ImportError(
      `--map ${path}: there is no such file, and it is not field=column,… either`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ImportError(`--map ${path} is not JSON: ${String(error)}`);
  }
}

/** Names for a message; a file that is no CSV may have a first line of any length. */
export function listed(header: readonly string[]): string {
  const shown = header.slice(0, 40).map((name) => JSON.stringify(name.slice(0, 60)));
  return header.length > 40 ? `${shown.join(", ")}, …` : shown.join(", ");
}

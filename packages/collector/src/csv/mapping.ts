import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { ImportError } from "./failure.js";
import { fieldNames, isFree, kindOf, pathOf } from "./fields.js";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const sourceSchema = z.union(
  [
    z.string().min(1),
    z.strictObject({ value: scalar }),
    z.strictObject({
      column: z.string().min(1),
      type: z.enum(["string", "number", "boolean"]).optional(),
      values: z.record(z.string(), scalar).optional(),
    }),
  ],
  {
    error:
      'must be a column\'s name, {"value": constant}, or {"column": …, "type": "string" | "number" | "boolean", "values": {…}}',
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
export function readMapping(option: string): Mapping {
  const inline = option.includes("=") && !existsSync(option);
  return checkMapping(inline ? inlinePairs(option) : jsonFile(option));
}

/** Columns whose names are wire fields stand for themselves. */
export function mappingOfHeader(header: readonly string[]): Mapping {
  const known = header.filter((column) => kindOf(column) !== undefined);
  try {
    return checkMapping(Object.fromEntries(known.map((column) => [column, column])));
  } catch {
    throw new ImportError(
      `the columns ${listed(header)} are not named as the fields of an event: give --map "name=…,occurredAt=…,userId=…"`,
    );
  }
}

/** @throws ImportError, naming the field and what is allowed. */
export function checkMapping(input: unknown): Mapping {
  const parsed = z.record(z.string(), sourceSchema).safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ImportError(
      `the mapping's ${issue?.path.join(".") || "JSON"}: ${issue?.message ?? "is wrong"}`,
    );
  }
  const mapping = new Map(Object.entries(parsed.data));
  for (const [field, source] of mapping) checkField(field, source, mapping);
  for (const field of ["name", "occurredAt"]) {
    if (!mapping.has(field)) {
      throw new ImportError(
        `the mapping has no ${field}: name the column that holds it, ${field}=COLUMN`,
      );
    }
  }
  if (!mapping.has("userId") && !mapping.has("anonymousId")) {
    throw new ImportError(
      "the mapping has no person: name a column for userId or anonymousId, userId=COLUMN",
    );
  }
  return mapping;
}

function checkField(field: string, source: FieldSource, mapping: Mapping): void {
  if (kindOf(field) === undefined) {
    throw new ImportError(`the mapping's ${field} is not a field of an event: ${fieldNames()}`);
  }
  if (
    typeof source === "object" &&
    "type" in source &&
    source.type !== undefined &&
    !isFree(field)
  ) {
    throw new ImportError(
      `the mapping's ${field} has a type of its own: leave "type" to properties and traits`,
    );
  }
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

import { describe } from "@balise/schema";
import { z } from "zod";
import { uuidV8 } from "../sender/uuid.js";
import { booleanOf, numberOf } from "./cell.js";
import { ImportError, RowError } from "./failure.js";
import { type Kind, kindOf, pathOf } from "./fields.js";
import { type FieldSource, listed, type Mapping } from "./mapping.js";
import { Occurrences } from "./occurrences.js";
import { EVENTS } from "./shapes/events.js";
import { hash, idAt } from "./shapes/ids.js";
import type { Scalar, Sent, Shape, Tree } from "./shapes/shape.js";
import { dayOf, timeOf } from "./time.js";

interface Field {
  name: string;
  path: string[];
  kind: Kind;
  /** Of a number. */
  decimal: "," | ".";
  read: (cells: readonly string[]) => Scalar;
}

const uuid = z.uuid();

/** What a converter is made of besides the mapping and the header. */
interface Conversion {
  shape?: Shape;
  /** Counts rows that come again; shared by the converters of one file. */
  seen?: Occurrences;
  /** A column that the header lacks is an empty one. */
  lenient?: boolean;
}

/**
 * Makes the converter of a file's rows to lines for the collector. It remembers how often each row
 * has come: without an id of its own, a line's is made of its time and the row's whole content, name
 * and count. So the same file imported again gives the same ids, and two equal rows stay two events.
 * @throws ImportError for a column that the header does not have. The converter throws RowError.
 */
export function createConverter(
  mapping: Mapping,
  header: readonly string[],
  { shape = EVENTS, seen = new Occurrences(), lenient = false }: Conversion = {},
): (cells: readonly string[]) => Sent[] {
  const fields = [...mapping].flatMap(([name, source]) =>
    fieldOf(name, source, { header, shape, lenient }),
  );
  return (cells) => {
    const damaged = cells.findIndex((cell) => cell.includes("\ufffd"));
    if (damaged !== -1) {
      throw new RowError(
        "invalid_utf8",
        `column ${header[damaged] ?? damaged} holds bytes that are not UTF-8: convert the file, as by iconv -f WINDOWS-1252 -t UTF-8`,
      );
    }
    const row: Tree = {};
    for (const field of fields) put(row, field.path, valueOf(field, cells));
    return shape.lines(row, (name, time) => rowId(name, time, cells, seen));
  };
}

function fieldOf(
  name: string,
  source: FieldSource,
  { header, shape, lenient }: { header: readonly string[]; shape: Shape; lenient: boolean },
): Field[] {
  const { type, decimal = "." } = typeof source === "object" && "column" in source ? source : {};
  const kind = type ?? kindOf(name, shape.fields) ?? "string";
  const field = { name, path: pathOf(name), kind, decimal };
  if (typeof source === "object" && "value" in source)
    return [{ ...field, read: () => source.value }];
  const column = typeof source === "string" ? source : source.column;
  const place = header.indexOf(column);
  if (place === -1 && lenient) return [];
  if (place === -1) {
    throw new ImportError(
      `the mapping's ${name} names the column ${JSON.stringify(column)}, which the file does not have; it has ${listed(header)}`,
    );
  }
  if (header.includes(column, place + 1)) {
    throw new ImportError(
      `the file has two columns ${JSON.stringify(column)}, and the mapping's ${name} names it: rename one`,
    );
  }
  const values = typeof source === "string" ? undefined : source.values;
  if (values === undefined) return [{ ...field, read: (cells) => cells[place] ?? "" }];
  const translated = new Map(Object.entries(values));
  return [{ ...field, read: (cells) => translated.get(cells[place] ?? "") ?? cells[place] ?? "" }];
}

/** The field's value; undefined for an empty cell. Numbers and booleans of the mapping stay. */
function valueOf(
  { name, kind, decimal, read }: Field,
  cells: readonly string[],
): Scalar | undefined {
  const value = read(cells);
  if (typeof value === "string" && value.trim() === "") return undefined;
  if (kind === "time") return timeOf(String(value), name);
  if (kind === "day") return dayOf(name, String(value));
  // A number stays the text that it is where a text is asked for.
  if (typeof value !== "string") return kind === "id" ? String(value) : value;
  if (FORMULA.test(value) && NAMED.has(name)) {
    throw new RowError(
      "invalid_field",
      `${name}: ${describe(value)} is a formula: export the values of the cells`,
    );
  }
  if (kind === "number") return numberOf(name, value, decimal);
  if (kind === "boolean") return booleanOf(name, value);
  return kind === "uuid" ? uuidOf(name, value.trim()) : value;
}

function put(event: Tree, path: readonly string[], value: Scalar | undefined): void {
  if (value === undefined) return;
  let target = event;
  for (const step of path.slice(0, -1)) {
    const next = target[step];
    const child = typeof next === "object" ? next : {};
    target[step] = child;
    target = child;
  }
  target[path.at(-1) ?? ""] = value;
}

/** Another system's session or visitor as a UUID: the same one each time. */
function uuidOf(field: string, value: string): string {
  return uuid.safeParse(value).success ? value : uuidV8(hash(field, value));
}

/** Spreadsheets write `="0042"` to keep zeros, and formulas that were never computed. */
const FORMULA = /^\s*=[^=\s]/;

/** Fields that name a person or a thing: a formula there would make one of many. */
const NAMED: ReadonlySet<string> = new Set([
  "id",
  "userId",
  "accountId",
  "contact.contactId",
  "orderId",
  "messageId",
]);

function rowId(name: string, time: number, cells: readonly string[], seen: Occurrences): string {
  const content = JSON.stringify(cells);
  const count = seen.add(hash("row", content).readUIntBE(0, 6) + 1);
  return idAt(time, "row", name, content, String(count));
}

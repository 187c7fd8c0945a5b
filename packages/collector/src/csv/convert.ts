import { z } from "zod";
import { uuidV8 } from "../sender/uuid.js";
import { booleanOf, nameOf, numberOf } from "./cell.js";
import { ImportError, RowError } from "./failure.js";
import { type Kind, kindOf, pathOf } from "./fields.js";
import { type FieldSource, listed, type Mapping } from "./mapping.js";
import { Occurrences } from "./occurrences.js";
import { hash, idAt } from "./shapes/ids.js";
import type { Scalar, Shape, Tree } from "./shapes/shape.js";
import { dayOf, timeOf, type Writing } from "./time.js";

interface Field {
  name: string;
  path: string[];
  kind: Kind;
  /** Of a number. */
  decimal: "," | ".";
  /** Of a time or day. */
  writing: Writing;
  read: (cells: readonly string[]) => Scalar;
}

const uuid = z.uuid();

/**
 * Makes the converter of a file's rows to lines for the collector. It remembers how often each row
 * has come: without an id of its own, a line's is made of its time and the row's whole content, name
 * and count. So the same file imported again gives the same ids, and two equal rows stay two events.
 * @throws ImportError for a column that the header does not have. The converter throws RowError.
 */
export function createConverter(
  mapping: Mapping,
  header: readonly string[],
  shape: Shape,
): (cells: readonly string[]) => Tree[] {
  const fields = [...mapping].map(([name, source]) => fieldOf(name, source, header, shape));
  const seen = new Occurrences();
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
  header: readonly string[],
  shape: Shape,
): Field {
  const {
    type,
    decimal = ".",
    values,
    format,
    timezone,
  } = typeof source === "object" && "column" in source ? source : {};
  const kind = type ?? kindOf(name, shape) ?? "string";
  const field = { name, path: pathOf(name), kind, decimal, writing: { format, timezone } };
  if (typeof source === "object" && "value" in source)
    return { ...field, read: () => source.value };
  const place = placeOf(name, typeof source === "string" ? source : source.column, header);
  if (values === undefined) return { ...field, read: (cells) => cells[place] ?? "" };
  const translated = new Map(Object.entries(values));
  return { ...field, read: (cells) => translated.get(cells[place] ?? "") ?? cells[place] ?? "" };
}

function placeOf(name: string, column: string, header: readonly string[]): number {
  const place = header.indexOf(column);
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
  return place;
}

/** The field's value; undefined for an empty cell. Numbers and booleans of the mapping stay. */
function valueOf(
  { name, kind, decimal, writing, read }: Field,
  cells: readonly string[],
): Scalar | undefined {
  const value = read(cells);
  if (typeof value === "string" && value.trim() === "") return undefined;
  if (kind === "time") return timeOf(String(value), name, writing);
  if (kind === "day") return dayOf(String(value), name, writing);
  if (kind === "id") return nameOf(name, String(value));
  if (typeof value !== "string") return value;
  if (kind === "number") return numberOf(name, value, decimal);
  if (kind === "boolean") return booleanOf(name, value);
  return kind === "uuid" ? uuidOf(name, nameOf(name, value)) : value;
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

function rowId(name: string, time: number, cells: readonly string[], seen: Occurrences): string {
  const content = JSON.stringify(cells);
  const count = seen.add(hash("row", content).readUIntBE(0, 6) + 1);
  return idAt(time, "row", name, content, String(count));
}

import { createHash } from "node:crypto";
import { z } from "zod";
import { uuidV7, uuidV8 } from "../sender/uuid.js";
import { booleanOf, numberOf } from "./cell.js";
import { ImportError, RowError } from "./failure.js";
import { type Kind, kindOf, pathOf } from "./fields.js";
import { type FieldSource, listed, type Mapping } from "./mapping.js";
import { Occurrences } from "./occurrences.js";
import { timeOf } from "./time.js";

/** An event as the row tells it; whether its values are allowed is for the collector to judge. */
export interface Converted {
  id: string;
  name: string;
  occurredAt: number;
  [field: string]: unknown;
}

type Scalar = string | number | boolean;

interface Tree {
  [field: string]: Scalar | Tree;
}

interface Field {
  name: string;
  path: string[];
  kind: Kind;
  read: (cells: readonly string[]) => Scalar;
}

const uuid = z.uuid();

/**
 * Makes the converter of a file's rows, which remembers how often each row has come: without an id
 * column, the id is made of the event's time and the row's whole content, name and count. So the
 * same file imported again gives the same ids, and two equal rows stay two events.
 * @throws ImportError for a column that the header does not have. The converter throws RowError.
 */
export function createConverter(
  mapping: Mapping,
  header: readonly string[],
): (cells: readonly string[]) => Converted {
  const fields = [...mapping].map(([name, source]) => fieldOf(name, source, header));
  const idField = fields.find((field) => field.name === "id");
  const others = fields.filter((field) => field !== idField);
  const seen = new Occurrences();

  return (cells) => {
    const damaged = cells.findIndex((cell) => cell.includes("\ufffd"));
    if (damaged !== -1) {
      throw new RowError(
        "invalid_utf8",
        `column ${header[damaged] ?? damaged} holds bytes that are not UTF-8: convert the file, as by iconv -f WINDOWS-1252 -t UTF-8`,
      );
    }
    const event: Tree = {};
    for (const field of others) put(event, field.path, valueOf(field, cells));
    const { name, occurredAt } = event;
    if (typeof name !== "string") throw new RowError("missing_field", "name: the cell is empty");
    if (typeof occurredAt !== "number") {
      throw new RowError("missing_field", "occurredAt: the cell is empty");
    }
    const given = idField === undefined ? "" : String(idField.read(cells)).trim();
    const id = given === "" ? rowId(name, occurredAt, cells, seen) : idOf(given, occurredAt);
    return { id, ...event, name, occurredAt };
  };
}

function fieldOf(name: string, source: FieldSource, header: readonly string[]): Field {
  const type = typeof source === "object" && "type" in source ? source.type : undefined;
  const field = { name, path: pathOf(name), kind: type ?? kindOf(name) ?? "string" };
  if (typeof source === "object" && "value" in source)
    return { ...field, read: () => source.value };
  const column = typeof source === "string" ? source : source.column;
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
  const values = typeof source === "string" ? undefined : source.values;
  if (values === undefined) return { ...field, read: (cells) => cells[place] ?? "" };
  const translated = new Map(Object.entries(values));
  return {
    ...field,
    read: (cells) => translated.get(cells[place] ?? "") ?? cells[place] ?? "",
  };
}

/** The field's value; undefined for an empty cell. Numbers and booleans of the mapping stay. */
function valueOf({ name, kind, read }: Field, cells: readonly string[]): Scalar | undefined {
  const value = read(cells);
  if (typeof value === "string" && value.trim() === "") return undefined;
  if (kind === "time") return timeOf(String(value));
  if (typeof value !== "string") return value;
  if (kind === "number") return numberOf(name, value);
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

function hash(...parts: string[]): Buffer {
  return createHash("sha256").update(parts.join("\0")).digest();
}

/** Another system's session or visitor as a UUID: the same one each time. */
function uuidOf(field: string, value: string): string {
  return uuid.safeParse(value).success ? value : uuidV8(hash(field, value));
}

function idOf(value: string, time: number): string {
  return uuid.safeParse(value).success ? value : uuidV7(time, hash("id", value));
}

function rowId(name: string, time: number, cells: readonly string[], seen: Occurrences): string {
  const content = JSON.stringify(cells);
  const count = seen.add(hash("row", content).readUIntBE(0, 6) + 1);
  return uuidV7(time, hash("row", name, content, String(count)));
}

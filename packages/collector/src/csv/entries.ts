import { isUtf8 } from "node:buffer";
import { LIMITS, type RejectionCode } from "@balise/schema";
import { createConverter } from "./convert.js";
import { delimiterOf, givenDelimiter } from "./delimiter.js";
import { ImportError, RowError } from "./failure.js";
import { readLines } from "./lines.js";
import { mappingOfHeader, readMapping } from "./mapping.js";
import { cellsOf, columnsOf } from "./objects.js";
import { readRows } from "./rows.js";
import { EVENTS, type Shape, shapeNamed } from "./shapes/index.js";
import type { Tree } from "./shapes/shape.js";
import { type Source, unreadable } from "./source.js";
import { Sums } from "./sums.js";

/** What stands in the file: cells of CSV or a line of NDJSON; nothing where it is too long to keep. */
export type Original = readonly string[] | Buffer | undefined;

/** What a line of the file gives: a line of NDJSON for the collector, or why it gives none. */
export type Entry = { line: number; original: Original } & ({ json: Buffer } | Refusal);

interface Refusal {
  code: RejectionCode;
  message: string;
}

export interface ReadOptions {
  /** What its rows are. @default events */
  as?: string | undefined;
  /** `field=column,…` or the path of a JSON file; NDJSON without it is taken as it stands. */
  map?: string | undefined;
  /** For CSV. @default the one that the header uses */
  delimiter?: string | undefined;
}

/** The header of a CSV file, told before its entries. */
export type OnHeader = (cells: readonly string[], delimiter: string) => void;

/** Characters of a row that are kept to be shown; no row that makes an event is longer. */
const LONGEST_ORIGINAL = 4 * LIMITS.eventBytes;

/**
 * The lines for the collector that a file gives, read as they are asked for, the same ones each time.
 * @throws ImportError when the file and the mapping do not fit together.
 */
export async function* readEntries(
  source: Source,
  options: ReadOptions,
  onHeader: OnHeader = () => {},
): AsyncGenerator<Entry, void, undefined> {
  const shape = shapeNamed(options.as ?? EVENTS.name);
  const rows =
    source.format === "csv"
      ? fromCsv(source, options, shape, onHeader)
      : fromNdjson(source, options, shape);
  try {
    if (shape.sum === undefined) yield* entriesOf(rows);
    else yield* summed(rows, new Sums(shape.sum));
  } catch (error) {
    throw unreadable(source.path, error);
  }
}

/** What is read of a row: what is to be sent, or why nothing is. */
type Read = { line: number; original: Original } & ({ json: Buffer } | { trees: Tree[] } | Refusal);

async function* fromNdjson(
  source: Source,
  options: ReadOptions,
  shape: Shape,
): AsyncGenerator<Read, void, undefined> {
  if (options.map === undefined && options.as !== undefined && shape !== EVENTS) {
    throw new ImportError(
      `the file is NDJSON: say by --map which of its keys are the fields of ${shape.name}, or leave out --as where its lines are as the collector takes them`,
    );
  }
  const mapping = options.map === undefined ? undefined : readMapping(options.map, shape);
  const columns = mapping === undefined ? [] : columnsOf(mapping);
  const convert = mapping && createConverter(mapping, columns, shape);
  for await (const entry of readLines(source.content)) {
    const { line } = entry;
    if ("tooLong" in entry) yield { line, original: undefined, ...tooLarge(entry.tooLong) };
    else {
      const { bytes } = entry;
      if (convert === undefined) yield { line, original: bytes, json: bytes };
      else
        yield { line, original: bytes, ...attempt(() => convert(cellsOf(utf8(bytes), columns))) };
    }
  }
}

async function* fromCsv(
  source: Source,
  options: ReadOptions,
  shape: Shape,
  onHeader: OnHeader,
): AsyncGenerator<Read, void, undefined> {
  const given = options.map === undefined ? undefined : readMapping(options.map, shape);
  const delimiter =
    options.delimiter === undefined
      ? delimiterOf(source.firstLine)
      : givenDelimiter(options.delimiter);
  let convert: ((cells: readonly string[]) => Tree[]) | undefined;
  let width = 0;
  for await (const { line, cells } of readRows(source.content, delimiter)) {
    if (convert === undefined) {
      const header = cells.map((name) => name.trim());
      width = header.length;
      convert = createConverter(given ?? mappingOfHeader(header, shape), header, shape);
      onHeader(cells, delimiter);
      continue;
    }
    const row = { line, original: isLong(cells) ? undefined : cells };
    const convertRow = convert;
    yield {
      ...row,
      ...(cells.length === width ? attempt(() => convertRow(cells)) : misfit(cells, width)),
    };
  }
}

function isLong(cells: readonly string[]): boolean {
  return cells.reduce((sum, cell) => sum + cell.length, 0) > LONGEST_ORIGINAL;
}

function misfit({ length }: readonly string[], width: number): Refusal {
  const message = `the row has ${length} cells, the header ${width}: quote cells that hold the delimiter`;
  return { code: "invalid_event", message };
}

/** What becomes of a row, or why nothing does. */
function attempt(convert: () => Tree[]): { trees: Tree[] } | Refusal {
  try {
    return { trees: convert() };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { code: error.code, message: error.message };
  }
}

async function* entriesOf(rows: AsyncIterable<Read>): AsyncGenerator<Entry, void, undefined> {
  for await (const row of rows) {
    if (!("trees" in row)) yield row;
    else for (const tree of row.trees) yield entryOf(row.line, row.original, tree);
  }
}

async function* summed(
  rows: AsyncIterable<Read>,
  sums: Sums,
): AsyncGenerator<Entry, void, undefined> {
  for await (const row of rows) {
    if (!("trees" in row)) yield row;
    else for (const tree of row.trees) sums.add(row.line, tree);
  }
  // Of a sum that is refused the line tells where it begins; its rows are not kept.
  for (const { line, sum } of sums.all()) yield entryOf(line, undefined, sum);
}

function entryOf(line: number, original: Original, tree: Tree): Entry {
  const json = Buffer.from(JSON.stringify(tree));
  const refusal = json.length > LIMITS.eventBytes ? tooLarge(json.length) : undefined;
  return refusal === undefined ? { line, original, json } : { line, original, ...refusal };
}

function tooLarge(bytes: number): Refusal {
  const message = `the event has ${bytes} bytes, at most ${LIMITS.eventBytes} are taken`;
  return { code: "event_too_large", message };
}

/** @throws RowError for bytes that are none. */
function utf8(line: Buffer): Buffer {
  if (isUtf8(line)) return line;
  throw new RowError("invalid_utf8", "the line holds bytes that are not UTF-8: convert the file");
}

import type { RejectionCode } from "@balise/schema";
import { LIMITS } from "@balise/schema";
import { createConverter } from "./convert.js";
import { delimiterOf, givenDelimiter } from "./delimiter.js";
import { ImportError, RowError } from "./failure.js";
import { readLines } from "./lines.js";
import { mappingOfHeader, readMapping } from "./mapping.js";
import { readRows } from "./rows.js";
import { type Source, unreadable } from "./source.js";

/** What a line of the file gives: an event as NDJSON without its newline, or why it gives none. */
export type Entry =
  | { line: number; json: Buffer }
  | { line: number; code: RejectionCode; message: string };

export interface ReadOptions {
  /** For CSV: `field=column,…` or the path of a JSON file. */
  map?: string | undefined;
  /** For CSV. @default the one that the header uses */
  delimiter?: string | undefined;
}

/**
 * The events of a file, read as they are asked for.
 * @throws ImportError when the file and the mapping do not fit together.
 */
export async function* readEntries(
  source: Source,
  options: ReadOptions,
): AsyncGenerator<Entry, void, undefined> {
  try {
    yield* source.format === "csv" ? fromCsv(source, options) : fromNdjson(source, options);
  } catch (error) {
    throw unreadable(source.path, error);
  }
}

async function* fromNdjson(
  source: Source,
  options: ReadOptions,
): AsyncGenerator<Entry, void, undefined> {
  if (options.map !== undefined) {
    throw new ImportError("the file is NDJSON, whose lines are events already: leave out --map");
  }
  for await (const entry of readLines(source.content)) {
    if ("bytes" in entry) yield { line: entry.line, json: entry.bytes };
    else yield tooLarge(entry.line, entry.tooLong);
  }
}

async function* fromCsv(
  source: Source,
  options: ReadOptions,
): AsyncGenerator<Entry, void, undefined> {
  const given = options.map === undefined ? undefined : readMapping(options.map);
  const delimiter =
    options.delimiter === undefined
      ? delimiterOf(source.firstLine)
      : givenDelimiter(options.delimiter);
  let convert: ReturnType<typeof createConverter> | undefined;
  for await (const row of readRows(source.content, delimiter)) {
    const { line } = row;
    if ("message" in row) yield { line, code: "invalid_event", message: row.message };
    else if (convert === undefined) {
      const header = row.cells.map((name) => name.trim());
      convert = createConverter(given ?? mappingOfHeader(header), header);
    } else yield entryOf(convert, row.cells, line);
  }
}

function entryOf(
  convert: ReturnType<typeof createConverter>,
  cells: readonly string[],
  line: number,
): Entry {
  try {
    const json = Buffer.from(JSON.stringify(convert(cells)));
    return json.length > LIMITS.eventBytes ? tooLarge(line, json.length) : { line, json };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { line, code: error.code, message: error.message };
  }
}

function tooLarge(line: number, bytes: number): Entry {
  const message = `the event has ${bytes} bytes, at most ${LIMITS.eventBytes} are taken`;
  return { line, code: "event_too_large", message };
}

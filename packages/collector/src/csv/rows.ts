import { pipeline, type Readable } from "node:stream";
import { CsvError, type InfoRecord, parse } from "csv-parse";
import { LIMITS } from "@balise/schema";
import { ImportError } from "./failure.js";

/** A row of a CSV file, or why it is none; `line` is where it ends, from 1. */
export type Row = { line: number; cells: string[] } | { line: number; message: string };

/** No row that makes an event is longer, quotes doubled. */
const LONGEST_ROW = 4 * LIMITS.eventBytes;

/**
 * The rows of CSV text as RFC 4180 has it, the header first. Memory is bounded by the longest row
 * that is taken.
 * @throws ImportError where a quote that is never closed makes the rest unreadable.
 */
export async function* readRows(
  content: Readable,
  delimiter: string,
): AsyncGenerator<Row, void, undefined> {
  let misfits: Row[] = [];
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    skip_records_with_error: true,
    on_skip(error): undefined {
      if (error === undefined) return;
      // After any other error the parser has lost its place: thrown here, it ends the reading.
      if (error.code !== "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH") throw error;
      misfits.push({ line: lineOf(error), message: error.message });
    },
  });
  try {
    for await (const item of pipeline(content, parser, () => {})) {
      yield* misfits;
      misfits = [];
      const { record, info }: { record: string[]; info: InfoRecord } = item;
      yield { line: info.lines, cells: record };
    }
    yield* misfits;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ImportError(
      `line ${lineOf(error)}: ${error.message}: look for a quote that is not closed, before that line`,
    );
  }
}

function lineOf(error: CsvError): number {
  return typeof error["lines"] === "number" ? error["lines"] : 0;
}

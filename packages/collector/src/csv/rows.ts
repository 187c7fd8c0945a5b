import { pipeline, type Readable } from "node:stream";
import { CsvError, type InfoRecord, parse } from "csv-parse";
import { ImportError } from "./failure.js";

/** A row of a CSV file; `line` is where it ends, from 1. */
export interface Row {
  line: number;
  cells: readonly string[];
}

/** Characters: a row that is longer, most likely since a quote is not closed, ends the reading. */
const LONGEST_ROW = 16 * 1024 * 1024;

/**
 * The rows of CSV text as RFC 4180 has it, the header first, of any number of cells. Memory is bounded
 * by the longest row that is taken.
 * @throws ImportError where a quote that is never closed makes the rest unreadable.
 */
export async function* readRows(
  content: Readable,
  delimiter: string,
): AsyncGenerator<Row, void, undefined> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // The parser counts a line end of two characters twice where it stands within quotes.
  let twice = 0;
  try {
    for await (const item of pipeline(content, parser, () => {})) {
      const { record, info }: { record: string[]; info: InfoRecord } = item;
      for (const cell of record) if (cell.includes("\r\n")) twice += cell.split("\r\n").length - 1;
      yield { line: info.lines - twice, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] - twice : 0;
    throw new ImportError(
      `line ${line}: ${error.message}: look for a quote that is not closed, before that line`,
    );
  }
}

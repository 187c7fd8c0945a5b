import { LIMITS } from "@balise/schema";

/** A line of NDJSON as it stands in the file, or its length where it is longer than any event may be. */
export type Line = { line: number; bytes: Buffer } | { line: number; tooLong: number };

const NEWLINE = 0x0a;
const BOM = Buffer.of(0xef, 0xbb, 0xbf);

/** The lines that are not blank, numbered from 1; an overlong one is never held in memory. */
export async function* readLines(
  content: AsyncIterable<Buffer>,
): AsyncGenerator<Line, void, undefined> {
  let line = 1;
  let held: Buffer[] = [];
  let length = 0;

  const keep = (piece: Buffer): void => {
    length += piece.length;
    if (length <= LIMITS.eventBytes) held.push(piece);
    else held = [];
  };
  const take = function* (): Generator<Line, void, undefined> {
    const whole = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held);
    const bytes = line === 1 && whole.subarray(0, 3).equals(BOM) ? whole.subarray(3) : whole;
    if (length > LIMITS.eventBytes) yield { line, tooLong: length };
    else if (bytes.toString("latin1").trim() !== "") yield { line, bytes };
    held = [];
    length = 0;
    line++;
  };

  for await (const piece of content) {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      keep(piece.subarray(start, end));
      yield* take();
      start = end + 1;
    }
    keep(piece.subarray(start));
  }
  if (length > 0) yield* take();
}

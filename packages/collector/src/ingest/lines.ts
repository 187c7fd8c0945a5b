import { isUtf8 } from "node:buffer";
import { LIMITS } from "@balise/schema";
import { UnreadableLine } from "./unreadable-line.js";

const NEWLINE = 0x0a;

/**
 * The events of NDJSON, one a line, as the lines come. Empty lines are passed over; a line that is
 * no event is an `UnreadableLine`, so that it can be told apart and kept.
 */
export async function* readEvents(stream: AsyncIterable<Buffer>): AsyncGenerator {
  let rest: Buffer = Buffer.alloc(0);
  let overlong = 0;
  for await (const piece of stream) {
    let bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE)) {
      const line = bytes.subarray(0, end);
      bytes = bytes.subarray(end + 1);
      if (overlong > 0) {
        yield tooLarge(overlong + line.length);
        overlong = 0;
      } else if (!isBlank(line)) yield eventOf(line);
    }
    // A line without an end is let go of as it comes, so that memory stays bounded.
    if (overlong > 0 || bytes.length > LIMITS.eventBytes) {
      overlong += bytes.length;
      bytes = Buffer.alloc(0);
    }
    rest = bytes;
  }
  if (overlong > 0) yield tooLarge(overlong);
  else if (!isBlank(rest)) yield eventOf(rest);
}

function eventOf(line: Buffer): unknown {
  if (line.length > LIMITS.eventBytes) return tooLarge(line.length);
  const text = line.toString("utf8").trim();
  if (!isUtf8(line))
    return new UnreadableLine(
      "invalid_utf8",
      "the line holds bytes that are not UTF-8: send UTF-8",
      text,
    );
  try {
    return JSON.parse(text);
  } catch {
    return new UnreadableLine("malformed_json", "the line is not JSON", text);
  }
}

function tooLarge(bytes: number): UnreadableLine {
  return new UnreadableLine(
    "event_too_large",
    `the line has ${bytes} bytes, at most ${LIMITS.eventBytes} are taken`,
    "",
  );
}

function isBlank(line: Buffer): boolean {
  return line.length < 3 && /^[\t\r ]*$/.test(line.toString("latin1"));
}

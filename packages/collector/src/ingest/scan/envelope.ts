import { LIMITS } from "@balise/schema";
import { ascii, COMMA, OPEN_BRACE, STOP, WIDE } from "./bytes.js";
import { Cursor } from "./cursor.js";

/** What stands around the events of a body. */
export interface Envelope {
  writeKey: string | undefined;
  sentAt: number | undefined;
  /** Where the array of events starts in the body. */
  eventsAt: number;
}

const WRITE_KEY = ascii('"writeKey":');
const SENT_AT = ascii('"sentAt":');
const EVENTS = ascii('"events":');

const cursor = new Cursor();

/** Reads a body up to its events, where these come last; undefined for a body of another shape. */
export function readEnvelope(body: Buffer): Envelope | undefined {
  cursor.src = body;
  cursor.at = 0;
  const envelope = passHead();
  cursor.src = EMPTY;
  return envelope;
}

const EMPTY = Buffer.alloc(0);

function passHead(): Envelope | undefined {
  if (!cursor.pass(OPEN_BRACE)) return undefined;
  let writeKey: string | undefined;
  let sentAt: number | undefined;
  while (!cursor.passAll(EVENTS)) {
    if (writeKey === undefined && cursor.passAll(WRITE_KEY)) {
      cursor.out = 0;
      if (!cursor.string(LIMITS.shortCharacters) || (cursor.marks & (STOP | WIDE)) !== 0)
        return undefined;
      writeKey = cursor.text();
    } else if (sentAt === undefined && cursor.passAll(SENT_AT)) {
      sentAt = cursor.integer();
      if (Number.isNaN(sentAt)) return undefined;
    } else return undefined;
    if (!cursor.pass(COMMA)) return undefined;
  }
  return { writeKey, sentAt, eventsAt: cursor.at };
}

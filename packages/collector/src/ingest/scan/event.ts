import { acquisitionChannel } from "../acquisition.js";
import { cutAddress } from "./address.js";
import { ascii, CLOSE_BRACE, COMMA, OPEN_BRACE, QUOTE, STOP, WIDE } from "./bytes.js";
import type { Cursor } from "./cursor.js";
import { CONTEXT_FIELDS, EVENT_FIELDS, type Field, KIND, PAGE_FIELDS } from "./fields.js";
import { Repeat } from "./repeat.js";
import { passProperties } from "./properties.js";
import { isWithin, locate, type Place } from "./url.js";

/** What the events of one delivery have in common. */
export interface Common {
  /** Start of every row, up to the columns of the event: `{"site_id":"shop","source":"batch"…`. */
  head: Buffer;
  /** `,"channel":"web"`, for an event that names none. */
  defaultChannel: Buffer;
  skew: number;
  earliest: number;
  latest: number;
  /** Where names of query parameters begin that addresses may keep: see `firstBytes`. */
  parameters: Uint8Array;
}

/** What was read of an event besides its row. */
export interface Seen {
  occurredAt: number;
  /** Where the ids stand in the source; 0 where there is none. */
  id: number;
  anonymousId: number;
  userId: number;
  userIdEnd: number;
}

const bitOf = (key: string): number =>
  EVENT_FIELDS.find(({ token }) => Buffer.from(token).toString() === `"${key}":`)?.bit ?? 0;

const ID = bitOf("id");
const REQUIRED = ID | bitOf("name") | bitOf("occurredAt");
const ANONYMOUS_ID = bitOf("anonymousId");
const USER_ID = bitOf("userId");
const CHANNEL = bitOf("channel");

/** Names whose events must carry more than the rest: read in the plain way. */
const KINDS = ["identify", "survey_answered", "contact_opened", "contact_resolved"].map(ascii);

const ROW_END = ascii("}\n");
const PATH = ascii(',"page_path":"');
const ACQUISITION = ascii(',"acquisition_channel":"');
const DIRECT = ascii(',"acquisition_channel":"direct"');
const DEL = 0x7f;

const lastPage = new Repeat();
const lastContext = new Repeat();

/** To be called before another source, and after an event that was not written to its end. */
export function forgetRepeats(): void {
  lastPage.forget();
  lastContext.forget();
}

const page: Place = { hostEnd: 0, pathStart: 0, pathEnd: 0 };

/**
 * Passes an event and writes its row. False for an event that is not plainly right: whether it is
 * right is then for the plain way to say. Where this answers true, that way would have written the
 * same columns (`scan.test.ts` holds both against each other). On the hot path.
 */
export function passEvent(cursor: Cursor, common: Common, seen: Seen): boolean {
  if (!cursor.pass(OPEN_BRACE)) return false;
  cursor.put(common.head);
  seen.anonymousId = 0;
  seen.userId = 0;
  let found = 0;
  let next = 0;
  do {
    next = find(cursor, EVENT_FIELDS, next);
    const field = EVENT_FIELDS[next];
    if (field === undefined || (found & field.bit) !== 0) return false;
    found |= field.bit;
    if (field.kind === KIND.page) {
      if (!lastPage.pass(cursor) && !passPage(cursor, common.parameters)) return false;
    } else if (field.kind === KIND.context) {
      if (!lastContext.pass(cursor) && !passContext(cursor)) return false;
    } else if (field.kind === KIND.time) {
      if (!passTime(cursor, field, common, seen)) return false;
    } else {
      cursor.put(field.column);
      if (!passValue(cursor, field)) return false;
      if (field.bit === ID) seen.id = cursor.start;
      else if (field.bit === ANONYMOUS_ID) seen.anonymousId = cursor.start;
      else if (field.bit === USER_ID) {
        seen.userId = cursor.start;
        seen.userIdEnd = cursor.end;
      }
    }
    next += 1;
  } while (cursor.pass(COMMA));
  if (!cursor.pass(CLOSE_BRACE)) return false;
  if ((found & REQUIRED) !== REQUIRED || (found & (ANONYMOUS_ID | USER_ID)) === 0) return false;
  if ((found & CHANNEL) === 0) cursor.put(common.defaultChannel);
  cursor.put(ROW_END);
  return true;
}

/** Passes the key of a field and answers its place; senders keep an order, so the search goes on from the last. */
function find(cursor: Cursor, fields: readonly Field[], from: number): number {
  const { length } = fields;
  for (let n = 0; n < length; n++) {
    const place = from + n < length ? from + n : from + n - length;
    const field = fields[place];
    if (field !== undefined && cursor.passAll(field.token)) return place;
  }
  return -1;
}

function passValue(cursor: Cursor, field: Field): boolean {
  switch (field.kind) {
    case KIND.uuid:
      return cursor.uuid();
    case KIND.identifier:
      return (
        cursor.string(field.max) &&
        (cursor.marks & (STOP | WIDE)) === 0 &&
        cursor.end > cursor.start
      );
    case KIND.name:
      return passName(cursor, field);
    case KIND.choice:
      return passChoice(cursor, field);
    case KIND.short:
      return cursor.string(field.max);
    case KIND.number:
      return cursor.number();
    case KIND.currency:
      return passCurrency(cursor);
    case KIND.properties:
      return passProperties(cursor);
    default:
      return false;
  }
}

function passName(cursor: Cursor, field: Field): boolean {
  if (
    !cursor.string(field.max) ||
    (cursor.marks & (STOP | WIDE)) !== 0 ||
    cursor.end === cursor.start
  )
    return false;
  const { src, start, end } = cursor;
  for (let n = start; n < end; n++) if (src[n] === DEL) return false;
  return !KINDS.some((kind) => isText(cursor, kind));
}

function isText(cursor: Cursor, bytes: Buffer): boolean {
  const { src, start, end } = cursor;
  if (end - start !== bytes.length) return false;
  for (let n = 0; n < bytes.length; n++) if (src[start + n] !== bytes[n]) return false;
  return true;
}

function passChoice(cursor: Cursor, field: Field): boolean {
  for (const choice of field.choices) {
    if (cursor.passAll(choice)) {
      cursor.put(choice);
      return true;
    }
  }
  return false;
}

function passCurrency(cursor: Cursor): boolean {
  if (!cursor.string(3) || cursor.end - cursor.start !== 3) return false;
  for (let n = cursor.start; n < cursor.end; n++) {
    const byte = cursor.src[n] ?? 0;
    if (byte < 0x41 || byte > 0x5a) return false;
  }
  return true;
}

function passTime(cursor: Cursor, field: Field, common: Common, seen: Seen): boolean {
  const from = cursor.at;
  const sent = cursor.integer();
  const time = sent + common.skew;
  // Written so that NaN, which is no time, is refused as well.
  if (!(time >= common.earliest && time <= common.latest)) return false;
  seen.occurredAt = time;
  cursor.put(field.column);
  if (common.skew === 0) cursor.putSource(from, cursor.at);
  else cursor.put(ascii(String(time)));
  return true;
}

function passContext(cursor: Cursor): boolean {
  const { at, out } = cursor;
  if (!cursor.pass(OPEN_BRACE)) return false;
  if (cursor.pass(CLOSE_BRACE)) return true;
  let found = 0;
  let next = 0;
  do {
    next = find(cursor, CONTEXT_FIELDS, next);
    const field = CONTEXT_FIELDS[next];
    if (field === undefined || (found & field.bit) !== 0) return false;
    found |= field.bit;
    cursor.put(field.column);
    if (!passValue(cursor, field)) return false;
    next += 1;
  } while (cursor.pass(COMMA));
  if (!cursor.pass(CLOSE_BRACE)) return false;
  lastContext.remember(cursor, at, out);
  return true;
}

/** The page, and what follows from it: its path, and how the visit was won. */
function passPage(cursor: Cursor, parameters: Uint8Array): boolean {
  const { at, out } = cursor;
  if (!cursor.pass(OPEN_BRACE)) return false;
  if (cursor.pass(CLOSE_BRACE)) return true;
  let found = 0;
  let next = 0;
  let urlStart = 0;
  let urlEnd = 0;
  let referrerStart = 0;
  let referrerEnd = 0;
  do {
    next = find(cursor, PAGE_FIELDS, next);
    const field = PAGE_FIELDS[next];
    if (field === undefined || (found & field.bit) !== 0) return false;
    found |= field.bit;
    cursor.put(field.column);
    if (!cursor.string(field.max)) return false;
    if (field.kind === KIND.url) {
      if ((cursor.marks & (STOP | WIDE)) !== 0 || !cutAddress(cursor, parameters)) return false;
      if (next === 0) {
        urlStart = cursor.start;
        urlEnd = cursor.end;
      } else {
        referrerStart = cursor.start;
        referrerEnd = cursor.end;
      }
    } else if (cursor.mayHoldPersonalData()) return false;
    next += 1;
  } while (cursor.pass(COMMA));
  if (!cursor.pass(CLOSE_BRACE)) return false;
  if (urlStart > 0) {
    if (!locate(cursor, urlStart, urlEnd, page)) return false;
    putPath(cursor);
    putAcquisition(cursor, urlStart, urlEnd, referrerStart, referrerEnd);
  }
  lastPage.remember(cursor, at, out);
  return true;
}

function putPath(cursor: Cursor): void {
  cursor.put(PATH);
  if (page.pathEnd === page.pathStart) cursor.putByte(0x2f);
  else cursor.putSource(page.pathStart, page.pathEnd);
  cursor.putByte(QUOTE);
}

function putAcquisition(
  cursor: Cursor,
  urlStart: number,
  urlEnd: number,
  referrerStart: number,
  referrerEnd: number,
): void {
  if (referrerStart === referrerEnd) {
    cursor.put(DIRECT);
    return;
  }
  // Most pages are reached from another one of the site.
  if (isWithin(cursor, referrerStart, urlStart, page.hostEnd)) return;
  const channel = acquisitionChannel(
    undefined,
    cursor.text(referrerStart, referrerEnd),
    cursor.text(urlStart, urlEnd),
  );
  if (channel === "") return;
  cursor.put(ACQUISITION);
  cursor.put(ascii(channel));
  cursor.putByte(QUOTE);
}

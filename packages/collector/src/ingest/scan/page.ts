import { acquisitionChannel } from "../acquisition.js";
import { cutAddress } from "./address.js";
import { ascii, CLOSE_BRACE, COMMA, OPEN_BRACE, QUOTE, SLASH, STOP, WIDE } from "./bytes.js";
import type { Cursor } from "./cursor.js";
import { KIND, PAGE_FIELDS, passKey } from "./fields.js";
import type { Memo } from "./memo.js";
import { isWithin, locate, type Place } from "./url.js";

const PATH = ascii(',"page_path":"');
const ACQUISITION = ascii(',"acquisition_channel":"');
const DIRECT = ascii(',"acquisition_channel":"direct"');

const page: Place = { hostEnd: 0, pathStart: 0, pathEnd: 0 };

/** The page, and what follows from it: its path, and how the visit was won. */
export function passPage(cursor: Cursor, parameters: Uint8Array, memo: Memo): boolean {
  if (memo.pass(cursor)) return true;
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
    next = passKey(cursor, PAGE_FIELDS, next);
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
  memo.remember(cursor, at, out);
  return true;
}

function putPath(cursor: Cursor): void {
  cursor.put(PATH);
  if (page.pathEnd === page.pathStart) cursor.putByte(SLASH);
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

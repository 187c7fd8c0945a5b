import { EVENT_KINDS } from "@balise/schema";
import { EVENTS_DROPPED } from "../dropped.js";
import { ascii, STOP, WIDE } from "./bytes.js";
import type { Cursor } from "./cursor.js";
import { type Field, KIND } from "./fields.js";
import type { BytesPlan } from "./plan.js";
import { passProperties } from "./properties.js";

/** Names whose events must carry more than the rest, or are counted: read in the plain way. */
const KINDS = [...Object.keys(EVENT_KINDS), EVENTS_DROPPED].map(ascii);

const DEL = 0x7f;

/** Passes the value of a field and copies it, where it is plainly right. */
export function passValue(cursor: Cursor, field: Field, plan?: BytesPlan): boolean {
  switch (field.kind) {
    case KIND.uuid:
      return cursor.uuid();
    case KIND.identifier:
      return passPlain(cursor, field);
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
      return passProperties(cursor, plan);
    default:
      return false;
  }
}

/** ASCII without escapes, at least one character. */
function passPlain(cursor: Cursor, { max }: Field): boolean {
  return cursor.string(max) && (cursor.marks & (STOP | WIDE)) === 0 && cursor.end > cursor.start;
}

function passName(cursor: Cursor, field: Field): boolean {
  if (!passPlain(cursor, field)) return false;
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

import { CLOSE_BRACE, COMMA, OPEN_BRACE } from "./bytes.js";
import type { Cursor } from "./cursor.js";
import { CONTEXT_FIELDS, passKey } from "./fields.js";
import type { Memo } from "./memo.js";
import { passValue } from "./value.js";

/** The context, which the events of a body mostly share. */
export function passContext(cursor: Cursor, memo: Memo): boolean {
  if (memo.pass(cursor)) return true;
  const { at, out } = cursor;
  if (!cursor.pass(OPEN_BRACE)) return false;
  if (cursor.pass(CLOSE_BRACE)) return true;
  let found = 0;
  let next = 0;
  do {
    next = passKey(cursor, CONTEXT_FIELDS, next);
    const field = CONTEXT_FIELDS[next];
    if (field === undefined || (found & field.bit) !== 0) return false;
    found |= field.bit;
    cursor.put(field.column);
    if (!passValue(cursor, field)) return false;
    next += 1;
  } while (cursor.pass(COMMA));
  if (!cursor.pass(CLOSE_BRACE)) return false;
  memo.remember(cursor, at, out);
  return true;
}

import { ascii, CLOSE_BRACE, COMMA, OPEN_BRACE } from "./bytes.js";
import { passContext } from "./context.js";
import type { Cursor } from "./cursor.js";
import { EVENT_FIELDS, type Field, KIND, passKey } from "./fields.js";
import { Memo } from "./memo.js";
import type { BytesPlan } from "./plan.js";
import { passPage } from "./page.js";
import { passValue } from "./value.js";

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
  /** The tracking plan, where there is one. */
  plan?: BytesPlan | undefined;
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
const NAME = bitOf("name");
const REQUIRED = ID | NAME | bitOf("occurredAt");
const ANONYMOUS_ID = bitOf("anonymousId");
const USER_ID = bitOf("userId");
const CHANNEL = bitOf("channel");

const ROW_END = ascii("}\n");

const pages = new Memo();
const contexts = new Memo();

/** To be called before another source, and after an event that was not written to its end. */
export function forgetParts(): void {
  pages.forget();
  contexts.forget();
}

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
  const { plan } = common;
  if (plan !== undefined) plan.begin();
  let found = 0;
  let next = 0;
  do {
    next = passKey(cursor, EVENT_FIELDS, next);
    const field = EVENT_FIELDS[next];
    if (field === undefined || (found & field.bit) !== 0) return false;
    found |= field.bit;
    if (field.kind === KIND.page) {
      if (!passPage(cursor, common.parameters, pages)) return false;
    } else if (field.kind === KIND.context) {
      if (!passContext(cursor, contexts)) return false;
    } else if (field.kind === KIND.time) {
      if (!passTime(cursor, field, common, seen)) return false;
    } else {
      cursor.put(field.column);
      if (!passValue(cursor, field, plan)) return false;
      if (plan !== undefined && field.bit === NAME) plan.name(cursor);
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
  if (plan !== undefined && !plan.mark(cursor)) return false;
  cursor.put(ROW_END);
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

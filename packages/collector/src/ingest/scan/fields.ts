import { contextSchema, eventSchema, LIMITS } from "@balise/schema";
import { ascii } from "./bytes.js";
import type { Cursor } from "./cursor.js";

/** How the value of a field is read. */
export const KIND = {
  uuid: 0,
  /** The team's own identifier: plain ASCII. */
  identifier: 1,
  name: 2,
  time: 3,
  choice: 4,
  /** A text of the sender's software, such as a locale. */
  short: 5,
  /** A text that people may have written, looked through for personal data. */
  text: 6,
  url: 7,
  number: 8,
  currency: 9,
  properties: 10,
  page: 11,
  context: 12,
} as const;

export interface Field {
  /** `"key":` as it stands in the source. */
  token: Buffer;
  /** `,"column":` as it is written. */
  column: Buffer;
  kind: number;
  /** Most UTF-16 units of a text. */
  max: number;
  /** The values that a choice takes, with their quotes. */
  choices: readonly Buffer[];
  /** Its own bit, by which a repeated field is known. */
  bit: number;
}

type Shape = Record<
  string,
  { column?: string; kind: number; max?: number; choices?: readonly string[] }
>;

function compile(shape: Shape): Field[] {
  return Object.entries(shape).map(([key, field], place) => ({
    token: ascii(`"${key}":`),
    column: ascii(`,"${field.column ?? ""}":`),
    kind: field.kind,
    max: field.max ?? 0,
    choices: (field.choices ?? []).map((choice) => ascii(`"${choice}"`)),
    bit: 1 << place,
  }));
}

const { uuid, identifier, name, time, choice, short, text, url, number, currency } = KIND;
const shortText = (column: string) => ({ column, kind: short, max: LIMITS.shortCharacters });

/**
 * The fields of an event that most events have, in the order in which the tag writes them. An event
 * with another one is read in the plain way.
 */
export const EVENT_FIELDS = compile({
  id: { column: "id", kind: uuid },
  name: { column: "name", kind: name, max: LIMITS.nameCharacters },
  occurredAt: { column: "occurred_at", kind: time },
  anonymousId: { column: "anonymous_id", kind: uuid },
  sessionId: { column: "session_id", kind: uuid },
  userId: { column: "user_id", kind: identifier, max: LIMITS.identifierCharacters },
  accountId: { column: "account_id", kind: identifier, max: LIMITS.identifierCharacters },
  channel: {
    column: "channel",
    kind: choice,
    choices: eventSchema.shape.channel.unwrap().options,
  },
  area: { column: "area", kind: choice, choices: eventSchema.shape.area.unwrap().options },
  page: { kind: KIND.page },
  outcome: { column: "outcome", kind: choice, choices: eventSchema.shape.outcome.unwrap().options },
  value: { column: "value", kind: number },
  currency: { column: "currency", kind: currency },
  properties: { column: "properties", kind: KIND.properties },
  context: { kind: KIND.context },
});

export const PAGE_FIELDS = compile({
  url: { column: "page_url", kind: url, max: LIMITS.urlCharacters },
  title: { column: "page_title", kind: text, max: LIMITS.urlCharacters },
  referrer: { column: "page_referrer", kind: url, max: LIMITS.urlCharacters },
  name: { column: "page_name", kind: text, max: LIMITS.shortCharacters },
});

export const CONTEXT_FIELDS = compile({
  locale: shortText("locale"),
  timezone: shortText("timezone"),
  screen: shortText("screen"),
  viewport: shortText("viewport"),
  sdk: shortText("sdk"),
  app: shortText("app"),
  consent: {
    column: "consent",
    kind: choice,
    choices: contextSchema.shape.consent.unwrap().options,
  },
});

/** Passes the key of a field and answers its place; senders keep an order, so the search goes on from the last. */
export function passKey(cursor: Cursor, fields: readonly Field[], from: number): number {
  const { length } = fields;
  for (let n = 0; n < length; n++) {
    const place = from + n < length ? from + n : from + n - length;
    const field = fields[place];
    if (field !== undefined && cursor.passAll(field.token)) return place;
  }
  return -1;
}

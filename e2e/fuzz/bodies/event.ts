import fc from "fast-check";
import { hostileJson, hostileText, hugeJson, objectOf } from "./json.js";

/** Without the small numbers that fast-check prefers: an id that is refused must be nobody else's. */
export const uuid = fc.noBias(fc.uuid());

const HOUR = 3_600_000;
const startedAt = Date.now();
const moment = fc.integer({ min: 1, max: HOUR }).map((ago) => startedAt - ago);

/** Events that must be accepted, as the members of their JSON. */
const validFields = fc.record(
  {
    id: uuid,
    name: fc.constantFrom("page_view", "click", "purchase", "été"),
    occurredAt: moment,
    anonymousId: uuid,
    sessionId: uuid,
    page: fc.record({ url: fc.webUrl(), title: fc.string({ maxLength: 40 }) }),
    channel: fc.constantFrom("web", "app", "email"),
    value: fc.integer(),
    properties: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.boolean()),
      { maxKeys: 5 },
    ),
  },
  { requiredKeys: ["id", "name", "occurredAt", "anonymousId"] },
);

export const validEvent = validFields.map((event) => JSON.stringify(event));

const FIELDS = [
  "id",
  "name",
  "occurredAt",
  "anonymousId",
  "sessionId",
  "userId",
  "accountId",
  "channel",
  "page",
  "campaign",
  "outcome",
  "value",
  "currency",
  "properties",
  "traits",
  "feedback",
  "contact",
  "context",
  "__proto__",
  "someFieldOfTheFuture",
];

/** Valid events of which some fields are replaced, repeated or added. */
const spoiltEvent = fc
  .tuple(
    validFields,
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...FIELDS) }, hostileText),
        fc.oneof({ weight: 8, arbitrary: hostileJson }, hugeJson),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.boolean(),
  )
  .map(([event, spoilt, first]) => {
    const entries = Object.entries(event).map(([name, value]) => [name, JSON.stringify(value)]);
    const all = first ? [...spoilt, ...entries] : [...entries, ...spoilt];
    return objectOf(all.map(([name = "", value = ""]) => [name, value]));
  });

/** An event among others: often valid, so that neighbours of bad ones are tried. */
export const anyEvent = fc.oneof(
  { weight: 5, arbitrary: validEvent },
  { weight: 5, arbitrary: spoiltEvent },
  hostileJson,
);

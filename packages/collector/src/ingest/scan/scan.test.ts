import { LIMITS, type Plan, PROPERTY_TYPES } from "@balise/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAccept } from "../accept.js";
import { createPlanCheck } from "../plan.js";
import type { Origin } from "../origin.js";
import { decodeRecord } from "../record.js";
import { visitorReader } from "../visitor.js";
import { CAMPAIGN_PARAMETERS } from "../scrub/url.js";
import { firstBytes } from "./address.js";
import { BatchScanner } from "./batch.js";
import { ascii } from "./bytes.js";
import { readEnvelope } from "./envelope.js";

const NOW = Date.UTC(2026, 5, 15, 12);
const UUID = "01900000-0000-7000-8000-000000000001";
const origin: Origin = {
  site: { id: "shop", writeKey: "w", secretKey: "s", readKey: "r", origins: [] },
  source: "batch",
  visitor: visitorReader()(
    { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0" },
    { country: "FR", region: "Île" },
  ),
  defaultChannel: "web",
};

type Kept = { table: string; row: unknown; tokens: unknown[] }[];

/**
 * Every text and number of a line as it is written: ClickHouse tells 1.0 from 1, and a key that
 * stands twice from one that stands once, which `JSON.parse` does not.
 */
const tokensOf = (line: string): unknown[] =>
  (line.match(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g) ?? [])
    .map((token): string => (token.startsWith('"') ? `"${JSON.parse(token)}` : token))
    .toSorted();

/** What was answered and what would stand on disk; undefined where the way does not take the body. */
interface Outcome {
  accepted: number;
  rejected: unknown[];
  kept: Kept;
}

function rowsOf(records: Buffer): Kept {
  const kept: Kept = [];
  for (let at = 0; at < records.length;) {
    const record = decodeRecord(records, at);
    if (record === undefined) throw new Error("a broken record");
    const lines = record.payload.toString("utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(record.rows);
    for (const line of lines)
      kept.push({ table: record.table, row: JSON.parse(line), tokens: tokensOf(line) });
    at = record.end;
  }
  return kept.toSorted((a, b) => (JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1));
}

/** The value with its keys in one order, for sorting. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([key, child]): [string, unknown] => [key, sorted(child)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function twoWays(plan?: Plan) {
  let kept: Buffer[] = [];
  const accept = createAccept(
    { append: async (records) => void kept.push(Buffer.from(records)) },
    () => NOW,
    undefined,
    undefined,
    plan && createPlanCheck(plan),
  );
  const outcome = async (
    answer: ReturnType<typeof accept> | undefined,
  ): Promise<Outcome | undefined> => {
    if (answer === undefined) return undefined;
    const { accepted, rejected } = await answer;
    const rows = kept.flatMap(rowsOf);
    kept = [];
    return { accepted, rejected, kept: rows };
  };
  return {
    short: (body: Buffer) => {
      const envelope = readEnvelope(body);
      if (envelope === undefined) return undefined;
      const { sentAt } = envelope;
      return outcome(accept.bytes({ ...origin, sentAt }, body, envelope.eventsAt, 1000));
    },
    plain: (body: Buffer) => {
      const { events, sentAt } = JSON.parse(body.toString("utf8"));
      return outcome(accept({ ...origin, sentAt }, events));
    },
  };
}

/** Both ways with collectors of their own, so that neither knows what the other has seen. */
async function compare(body: Buffer, plan?: Plan): Promise<Outcome | undefined> {
  const short = await twoWays(plan).short(body);
  if (short === undefined) return undefined;
  expect(short).toEqual(await twoWays(plan).plain(body));
  return short;
}

const bodyOf = (events: readonly string[], sentAt = NOW): Buffer =>
  Buffer.from(`{"writeKey":"key","sentAt":${sentAt},"events":[${events.join(",")}]}`);

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "é",
    "日本",
    "👋🏽",
    "\u0000",
    '"',
    "\\",
    "/",
    "\n",
    "\ud800",
    "\u0085",
    "\u007f",
  ),
  fc.constantFrom(
    "jean@example.com",
    "06 12 34 56 78",
    "06\u202f12\u202f34\u202f56\u202f78",
    "jean\u200b\uff20example.com",
    "jean (at) example",
    "https://a.example/b?c=d",
    "Bearer abcdefgh1",
    "0612345",
  ),
  fc
    .constantFrom(LIMITS.nameCharacters, LIMITS.shortCharacters, LIMITS.urlCharacters)
    .chain((max) =>
      fc.constantFrom(
        "a".repeat(max),
        "a".repeat(max + 1),
        "é".repeat(max),
        "👋".repeat(max / 2),
        "👋".repeat(max / 2 + 1),
      ),
    ),
);
/** JSON texts that mean the same as another one, or that only look like JSON. */
const odd = fc.constantFrom(
  "null",
  "true",
  "[]",
  "{}",
  "1.0",
  "1e3",
  "-0",
  "0.1",
  "-5",
  "-0.5",
  "01",
  "1.",
  ".5",
  "+1",
  "0.0000001",
  "1.50",
  "123456789012345678",
  "0.1234567",
  "999999999999999",
  '"\\u0041"',
  '"\\/"',
  '"\\n"',
  '"a\\"b"',
  '"\\ud83d"',
  " 1",
  "[1,2]",
  '[{"a":1}]',
  '{"a":1,"a":2}',
  '{"__proto__":1}',
  '{"":1}',
  '{"a":{"b":[1,"x",null]}}',
  "NaN",
  "tru",
  '"open',
  "\t",
);
const json = fc.oneof(
  { weight: 3, arbitrary: text.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
);
const oneOf = (...values: unknown[]) =>
  fc.constantFrom(...values.map((value) => JSON.stringify(value)));

/** JSON texts of fields that are plainly right, and what may stand in place of one of them. */
type Fields = Record<string, { plain: string; odd: fc.Arbitrary<string> }>;

/**
 * An object whose fields are plainly right but for one of them; now and then in another order, with
 * a field twice, or with spaces.
 */
function object(fields: Fields, required: readonly string[] = []): fc.Arbitrary<string> {
  const keys = Object.keys(fields);
  const some = fc.subarray(keys.filter((key) => !required.includes(key)));
  const change = fc
    .constantFrom(...keys)
    .chain((key) => (fields[key]?.odd ?? json).map((value): [string, string] => [key, value]));
  return fc.tuple(some, change, fc.nat({ max: 19 })).map(([optional, [changed, value], turn]) => {
    const present = keys.filter(
      (key) => required.includes(key) || optional.includes(key) || key === changed,
    );
    const entries = present.map(
      (key) => `"${key}":${key === changed && turn !== 3 ? value : fields[key]?.plain}`,
    );
    if (turn === 0) entries.reverse();
    if (turn === 1 && entries[0] !== undefined) entries.push(entries[0]);
    return turn === 2 ? `{ ${entries.join(" , ")} }` : `{${entries.join(",")}}`;
  });
}

const or = (...odds: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.oneof(...odds) }, { weight: 1, arbitrary: json });
const raw = (value: unknown): string => JSON.stringify(value);

const id = {
  plain: raw(UUID),
  odd: or(
    fc.uuid().map(raw),
    oneOf(
      UUID.toUpperCase(),
      UUID.replace("7000", "0000"),
      UUID.replace("8000", "c000"),
      UUID.slice(1),
      `${UUID}0`,
      UUID.replaceAll("-", "0"),
    ),
  ),
};
const url = {
  plain: raw("https://shop.example/a/b?c=d"),
  odd: or(
    fc.webUrl({ withQueryParameters: true, withFragments: true }).map(raw),
    oneOf(
      "https://shop.example/a/b",
      "http://localhost:8080/",
      "https://shop.example",
      "https://SHOP.example/a",
      "/relative?x",
      "about:blank",
      "https://www.shop.example/x#y",
      "https://1.2.3.4/",
      "https://1.2.3.999/",
      "https://a.0x1/",
      "https://xn--a.fr/x",
      "https://café.fr/",
      "https://shop.example/a/../b",
      "https://shop.example/%2e%2e/b",
      "https://shop.example/a b",
      "https://shop.example:99999/",
      "https://shop.example:/",
      "https://u:p@shop.example/",
      "https://shop.example\\x",
      "https:///x",
      "https://.a/",
      "https://a./b",
      "https://a..b/",
      "app://x/y",
      "https://google.com/",
      "https://mail.google.com/x",
      "https://shop.example?utm_source=x",
      "https://shop.example/a?b=c&UTM_ID=1",
      "https://shop.example/a?b=c;utm_id=1#d",
      "https://shop.example/a?%75tm_id=1",
      "https://shop.example/a?",
      "https://shop.example/a#/b?c",
      "https://shop.example/a;b=c/d",
      "https://shop.example/u/jean@example.com?x",
      "https://shop.example/call/+33612345678",
      "https://shop.example/reset/9f86d081884c7d659a2feaa0c55ad015?x",
      "data:text/plain,x?y",
      "06 12 34 56 78://x",
      "?x",
      "https://shop.example/^|x",
      " https://shop.example/",
      "https://shop.example/[x]",
      "https://a.b.1/",
      "https://a_b.example/",
      "https://shop.example./a",
      "https://shop.example:80/",
      "https:/shop.example/",
      "https://shop.example/\u00e9",
    ),
  ),
};
const shortText = { plain: raw("Une théière"), odd: or(text.map(raw)) };
const identifier = { plain: raw("u-1"), odd: or(text.map(raw)) };
const choice = (...values: string[]) => ({ plain: raw(values[0]), odd: or(oneOf(...values)) });
const properties = fc
  .array(
    fc.tuple(fc.oneof(text, fc.constantFrom("price", "plan", "a.b", "_x", "__proto__")), json),
    { maxLength: 4 },
  )
  .map((entries) => `{${entries.map(([key, value]) => `${raw(key)}:${value}`).join(",")}}`);
const sizes = fc
  .constantFrom([23, 9], [24, 9], [25, 9], [64, 1], [65, 1], [8, 1000], [8, 1009], [8, 1100])
  .map(([keys = 0, length = 0]) =>
    raw(Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, "x".repeat(length)]))),
  );
const depths = fc
  .nat({ max: 10 })
  .map((depth) => `${'{"a":'.repeat(depth)}[1]${"}".repeat(depth)}`);
const event = object(
  {
    id,
    name: {
      plain: raw("product_viewed"),
      odd: or(
        oneOf("page_view", "identify", "contact_opened", "contact_resolved", "survey_answered"),
        text.map(raw),
      ),
    },
    occurredAt: {
      plain: String(NOW),
      odd: or(
        fc.integer({ min: NOW - 1e9, max: NOW + 1e8 }).map(String),
        oneOf(
          NOW,
          NOW + 0.5,
          0,
          -1,
          LIMITS.earliestTime,
          LIMITS.earliestTime - 1,
          NOW + LIMITS.futureTolerance,
          NOW + LIMITS.futureTolerance + 1,
        ),
      ),
    },
    anonymousId: id,
    sessionId: id,
    userId: identifier,
    accountId: identifier,
    channel: choice("web", "webview", "server", "chat", "we"),
    area: choice("public", "connected"),
    page: {
      plain: raw({ url: "https://shop.example/", title: "x", referrer: "https://google.com/" }),
      odd: or(object({ url, title: shortText, referrer: url, name: shortText })),
    },
    outcome: choice("success", "failure", "unknown"),
    value: {
      plain: "49.9",
      odd: or(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), odd),
    },
    currency: choice("EUR", "eur", "EURO", "EÉR", "E\u0055R"),
    properties: { plain: raw({ a: 1 }), odd: or(properties, properties, sizes, depths) },
    context: {
      plain: raw({ locale: "fr-FR" }),
      odd: or(
        object({
          locale: shortText,
          screen: shortText,
          sdk: shortText,
          consent: choice("full", "exempt", "no"),
        }),
      ),
    },
  },
  ["id", "name", "occurredAt"],
);
/** What the short way leaves to the other: fields that few events have. */
const rarer = fc
  .tuple(event, fc.constantFrom("campaign", "traits", "feedback", "contact", "unknown"), json)
  .map(([plain, key, value]) => `${plain.slice(0, -1)},"${key}":${value}}`);
const anyEvent = fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: rarer });

const usual = (number: number, more = ""): string =>
  `{"id":"${UUID}","name":"cart","occurredAt":${NOW - number},"anonymousId":"${UUID}"${more}}`;

describe("the short way of a body", () => {
  it("keeps and answers what the plain way does, for any event", async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { maxLength: 3 }),
        fc.constantFrom(NOW, NOW - 1e7, 1),
        async (events, sentAt) => {
          if ((await compare(bodyOf(events, sentAt))) !== undefined) taken += 1;
        },
      ),
      { numRuns: 4000 },
    );
    expect(taken).toBeGreaterThan(2000);
  }, 120_000);

  it("keeps and answers what the plain way does where bytes were changed, left out or put in", async () => {
    let taken = 0;
    const bytes = fc.constantFrom(...Buffer.from('"\\{}[]:,0a1-.e \n\0\x7f\x80\xc3\xff', "latin1"));
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { minLength: 1, maxLength: 2 }),
        fc.nat(),
        fc.nat({ max: 2 }),
        bytes,
        async (events, place, cut, byte) => {
          const body = bodyOf(events);
          const at = place % body.length;
          const harmed = Buffer.concat([
            body.subarray(0, at),
            Buffer.of(byte),
            body.subarray(at + cut),
          ]);
          const short = await twoWays().short(harmed);
          if (short === undefined) return;
          taken += 1;
          expect(short).toEqual(await twoWays().plain(harmed));
        },
      ),
      { numRuns: 4000 },
    );
    expect(taken).toBeGreaterThan(500);
  }, 120_000);

  it("keeps and answers what the plain way does, for any page", async () => {
    let taken = 0;
    const page = fc.record(
      { url: url.odd, referrer: fc.oneof(url.odd, fc.constant(url.plain)) },
      { requiredKeys: ["url"] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (pages) => {
        const events = pages.map((fields, n) => {
          const texts = Object.entries(fields).map(([key, value]) => `"${key}":${value}`);
          return usual(n, `,"page":{${texts.join(",")}}`);
        });
        const short = await twoWays().short(bodyOf(events));
        if (short === undefined) return;
        taken += 1;
        expect(short).toEqual(await twoWays().plain(bodyOf(events)));
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(2000);
  }, 120_000);

  it("keeps and answers what the plain way does, for any properties", async () => {
    let taken = 0;
    const any = fc.oneof({ weight: 4, arbitrary: properties }, sizes, depths);
    await fc.assert(
      fc.asyncProperty(any, async (value) => {
        const body = bodyOf([usual(1, `,"properties":${value}`)]);
        const short = await twoWays().short(body);
        if (short === undefined) return;
        taken += 1;
        expect(short).toEqual(await twoWays().plain(body));
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(1000);
  }, 120_000);

  it("marks or refuses what the plain way does, for any plan", async () => {
    const keys = ["price", "plan", "a.b", "é", "_x", "0", '"', "none"] as const;
    const values = ["basic", 'a"b', "é", "1"];
    const planned = fc.oneof(
      fc.constantFrom(...PROPERTY_TYPES),
      fc.record({ type: fc.constantFrom(...PROPERTY_TYPES), optional: fc.boolean() }),
      fc.record({
        type: fc.constant("string" as const),
        values: fc.subarray(values, { minLength: 1 }),
      }),
    );
    const event = fc.record({
      properties: fc.dictionary(fc.constantFrom(...keys), planned, { maxKeys: 4 }),
    });
    const names = ["cart", "page_view", "click", "constructor"];
    const anyPlan = fc.record({
      enforce: fc.boolean(),
      events: fc.dictionary(fc.constantFrom(...names), event),
    });
    const value = fc.oneof(
      fc.constantFrom(
        "null",
        "1",
        "1.5",
        "-2",
        "0",
        "true",
        "[]",
        "[1]",
        "{}",
        '{"a":null}',
        "1.0",
        "1e3",
      ),
      fc.constantFrom(...values, "no", "jean@example.com").map(raw),
    );
    const sent = fc
      .tuple(
        fc.constantFrom(...names, "other"),
        fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), value), {
          maxLength: 5,
          selector: ([key]) => key,
        }),
        fc.boolean(),
      )
      .map(([name, entries, first]) => {
        const properties = `"properties":{${entries.map(([key, text]) => `${raw(key)}:${text}`).join(",")}}`;
        const rest = `"id":"${UUID}","name":"${name}","occurredAt":${NOW},"anonymousId":"${UUID}"`;
        return first ? `{${properties},${rest}}` : `{${rest},${properties}}`;
      });
    const violations = new Set<string>();
    const refused = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.array(sent, { maxLength: 3 }), async (plan, events) => {
        const outcome = await compare(bodyOf(events), plan);
        for (const { row } of outcome?.kept ?? []) {
          const violation: unknown = Reflect.get(Object(row), "plan_violation");
          if (typeof violation === "string") violations.add(violation.split(":")[0] ?? "");
        }
        for (const one of outcome?.rejected ?? [])
          refused.add(String(Reflect.get(Object(one), "code")));
      }),
      { numRuns: 4000 },
    );
    expect([...violations].toSorted()).toEqual([
      "missing_property",
      "unknown_event",
      "unknown_property",
      "wrong_type",
      "wrong_value",
    ]);
    expect([...refused]).toEqual(["plan_violation"]);
  }, 120_000);

  it.each([undefined, { events: { cart: {} } }])(
    "writes the events that tags send without reading them as JSON, with the plan %j",
    (plan) => {
      const page =
        '"page":{"url":"https://shop.example/p/1?a=b","title":"Une théière","referrer":"https://shop.example/"}';
      const rest = `,"sessionId":"${UUID}","channel":"web","area":"public",${page},"properties":{"n":1,"price":49.9,"tags":["a","b"],"in":{"stock":true}},"context":{"locale":"fr-FR","screen":"1920x1080"}`;
      const body = bodyOf([
        usual(1),
        usual(2, rest),
        usual(3, ',"userId":"u 1","value":3,"currency":"EUR"'),
      ]);
      const head = ascii('{"site_id":"shop"');
      const common = {
        head,
        defaultChannel: ascii(',"channel":"web"'),
        skew: 0,
        earliest: 0,
        latest: NOW,
        parameters: firstBytes(CAMPAIGN_PARAMETERS),
        plan: plan && createPlanCheck(plan).bytes,
      };
      const others: unknown[] = [];
      const scanned = new BatchScanner().scan(body, body.indexOf("["), common, {
        onOther: (other) => others.push(other),
        onId: () => undefined,
        onPair: (anonymousId, userId, occurredAt) => {
          expect([anonymousId, userId, occurredAt]).toEqual([UUID, "u 1", NOW - 3]);
        },
      });
      expect(others).toEqual([]);
      expect(scanned?.rows).toBe(3);
    },
  );

  it("hands on an event that it cannot read, and writes its neighbours", async () => {
    const outcome = await compare(bodyOf([usual(1), '{"id":7,"note":"}\\""}', usual(2)]));
    expect(outcome?.accepted).toBe(2);
    expect(outcome?.rejected).toMatchObject([{ index: 1, code: "invalid_id" }]);
  });

  it("writes records of a bounded size", async () => {
    const long = `,"properties":{"text":"${"x".repeat(4000)}"}`;
    const outcome = await compare(bodyOf(Array.from({ length: 900 }, (_, n) => usual(n, long))));
    expect(outcome?.kept).toHaveLength(900);
  });

  it.each([
    [
      "not UTF-8",
      Buffer.concat([
        bodyOf([usual(1)]).subarray(0, 60),
        Buffer.of(0xff),
        bodyOf([usual(1)]).subarray(60),
      ]),
    ],
    ["cut short", bodyOf([usual(1)]).subarray(0, -1)],
    ["something after it", Buffer.concat([bodyOf([usual(1)]), Buffer.from("x")])],
    ["fields after the events", Buffer.from(`{"events":[${usual(1)}],"writeKey":"key"}`)],
    ["more events than are taken", bodyOf(Array.from({ length: 1001 }, (_, n) => usual(n)))],
    ["no object", Buffer.from("[]")],
  ])("leaves a body to the plain way that is %s", async (_what, body) => {
    expect(await twoWays().short(body)).toBeUndefined();
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LIMITS } from "@balise/schema";
import fc from "fast-check";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppDeps, buildApp } from "./app.js";
import { Drain } from "./ingest/drain.js";
import { Spool } from "./ingest/spool.js";
import type { Site } from "./sites.js";
import { createStoreClient } from "./store/client.js";
import { type SpooledRow, spooledRows } from "./testing/spooled.js";

const site: Site = {
  id: "shop",
  writeKey: "bw_aaaaaaaaaaaaaaaaaaaa",
  secretKey: "bs_bbbbbbbbbbbbbbbbbbbb",
  readKey: "br_cccccccccccccccccccc",
  origins: [],
};
const strict: Site = {
  id: "strict",
  writeKey: "bw_dddddddddddddddddddd",
  secretKey: "bs_eeeeeeeeeeeeeeeeeeee",
  readKey: "br_ffffffffffffffffffff",
  origins: ["https://shop.example", "https://*.shop.example", "null"],
};
const NOW = Date.UTC(2026, 5, 15, 12);
const uuid = (number: number): string =>
  `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const event = (number: number, more: object = {}): Record<string, unknown> => ({
  id: uuid(number),
  name: "cart",
  occurredAt: NOW,
  anonymousId: uuid(1),
  ...more,
});

/** All networks are in one place. */
const places = { locate: () => ({ country: "FR", region: "75" }), version: () => 0 };

let dir: string;
let spool: Spool;
let app: FastifyInstance;

// Nothing listens there: no route that takes events may need ClickHouse.
const client = createStoreClient({
  url: "http://127.0.0.1:9",
  user: "u",
  password: "p",
  database: "d",
});

/** What an app needs, over this spool. */
function over(own: Spool): AppDeps {
  const log = pino({ level: "silent" });
  return {
    spool: own,
    drain: new Drain({ spool: own, insert: async () => undefined, log }),
    client,
  };
}

const appOver = (own: Spool): Promise<FastifyInstance> => buildApp({ sites: [site] }, over(own));

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "balise-app-"));
  spool = await Spool.open({ dir, maxBytes: 1 << 28 });
  app = await buildApp(
    { sites: [site, strict], basePath: "/base" },
    { ...over(spool), places, now: () => NOW },
  );
});
afterAll(async () => {
  await app.close();
  await client.close();
  await spool.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The rows spooled since the last call. */
const spooled = (): Promise<SpooledRow[]> => spooledRows(spool);

interface Sent {
  status: number;
  body: {
    accepted: number;
    rejected: { index: number; id: string | null; code: string; message: string }[];
    rejectedCount?: number;
    error: { code: string; message: string };
  };
  headers: Record<string, unknown>;
}
async function post(
  path: string,
  payload: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await app.inject({
    method: "POST",
    url: `/base${path}`,
    payload,
    headers: { "content-type": "text/plain", ...headers },
  });
  return { status: response.statusCode, body: response.json(), headers: response.headers };
}
const batch = (
  events: unknown,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Sent> =>
  post(
    "/v1/batch",
    JSON.stringify({ writeKey: site.writeKey, sentAt: NOW, events, ...more }),
    headers,
  );

describe("POST /v1/batch", () => {
  it("accepts text/plain, application/json and gzip, and has the rows on disk when it answers", async () => {
    const body = JSON.stringify({ writeKey: site.writeKey, sentAt: NOW, events: [event(2)] });
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/json; charset=utf-8" },
    ]) {
      expect(await post("/v1/batch", body, headers)).toMatchObject({
        status: 202,
        body: { accepted: 1, rejected: [] },
      });
    }
    expect(await post("/v1/batch", gzipSync(body), { "content-encoding": "gzip" })).toMatchObject({
      status: 202,
      body: { accepted: 1 },
    });
    const rows = await spooled();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      table: "events",
      row: {
        site_id: "shop",
        id: uuid(2),
        name: "cart",
        occurred_at: NOW,
        received_at: NOW,
        channel: "web",
      },
    });
  });

  it("takes the write key from the address too", async () => {
    expect(
      await post(`/v1/batch?k=${site.writeKey}`, JSON.stringify({ events: [event(3)] })),
    ).toMatchObject({ status: 202 });
  });

  it("never lets one malformed event reject its neighbours, and keeps what is rejected with its reason", async () => {
    await spooled();
    const bad: [string, unknown][] = [
      ["invalid_event", null],
      ["invalid_event", "text"],
      ["invalid_event", [event(4)]],
      ["missing_field", {}],
      ["invalid_id", event(5, { id: "not-a-uuid" })],
      ["invalid_name", event(6, { name: "a\u0000b" })],
      ["invalid_name", event(7, { name: "line\nbreak" })],
      ["invalid_name", event(8, { name: "x".repeat(129) })],
      ["invalid_name", event(9, { name: "" })],
      ["invalid_field", event(10, { occurredAt: "yesterday" })],
      ["time_out_of_range", event(11, { occurredAt: 0 })],
      ["time_out_of_range", event(12, { occurredAt: Date.UTC(2100, 0, 1) })],
      ["time_out_of_range", event(13, { occurredAt: -1 })],
      ["missing_person", event(14, { anonymousId: undefined })],
      ["invalid_field", event(15, { channel: "carrier pigeon" })],
      ["invalid_field", event(16, { currency: "euro" })],
      ["invalid_field", event(17, { anonymousId: "me" })],
      ["properties_too_large", event(18, { properties: { big: "x".repeat(1_000_000) } })],
      [
        "properties_too_large",
        event(19, {
          properties: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, n])),
        }),
      ],
      [
        "properties_too_large",
        event(20, { properties: { a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } } }),
      ],
      ["missing_field", event(21, { name: "survey_answered" })],
      ["missing_field", event(22, { name: "contact_opened" })],
      ["missing_field", event(23, { name: "identify" })],
      ["invalid_field", event(24, { properties: [1, 2] })],
    ];
    const events = bad.flatMap(([, value], place) => [value, event(100 + place)]);
    const answer = await batch(events);
    expect(answer.status).toBe(202);
    expect(answer.body.accepted).toBe(bad.length);
    expect(answer.body.rejected.map(({ index, code }) => [index, code])).toEqual(
      bad.map(([code], place) => [place * 2, code]),
    );
    const rows = await spooled();
    expect(rows.filter(({ table }) => table === "events")).toHaveLength(bad.length);
    expect(
      rows.filter(({ table }) => table === "rejected_events").map(({ row }) => row["code"]),
    ).toEqual(bad.map(([code]) => code));
  });

  it("rejects only the events that hold bytes that are not UTF-8", async () => {
    const text = JSON.stringify({
      writeKey: site.writeKey,
      events: [event(30), event(31, { name: "caf?" }), event(32)],
    });
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf("caf?") + 3] = 0xe9;
    const answer = await post("/v1/batch", bytes);
    expect(answer.body).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, code: "invalid_utf8" }],
    });
  });

  it("repairs halves of surrogate pairs, which UTF-8 has no form for", async () => {
    await spooled();
    await post(
      "/v1/batch",
      `{"writeKey":"${site.writeKey}","events":[${JSON.stringify(event(33)).replace("}", ',"properties":{"a\\ud800":"b\\udc00"}}')}]}`,
    );
    expect((await spooled())[0]?.row["properties"]).toEqual({ "a\ufffd": "b\ufffd" });
  });

  it("ignores unknown fields, and treats null as absent", async () => {
    await spooled();
    expect(
      await batch([event(34, { newField: 1, __proto__x: 2, userId: null, properties: null })], {
        more: true,
      }),
    ).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect((await spooled())[0]?.row).not.toHaveProperty("newField");
  });

  it.each([
    ["no JSON", "{", 400, "malformed_json", {}],
    ["nothing", "", 400, "malformed_json", {}],
    ["an array", "[]", 400, "invalid_body", {}],
    [
      "events that are no array",
      `{"writeKey":"${site.writeKey}","events":{}}`,
      400,
      "invalid_body",
      {},
    ],
    [
      "a clock that is none",
      `{"writeKey":"${site.writeKey}","sentAt":-1e22,"events":[]}`,
      400,
      "invalid_body",
      {},
    ],
    ["no events", `{"writeKey":"${site.writeKey}"}`, 400, "invalid_body", {}],
    [
      "thousands of nested arrays",
      `{"writeKey":"x","events":[${"[".repeat(50_000)}${"]".repeat(50_000)}]}`,
      401,
      "unknown_key",
      {},
    ],
    ["no key", `{"events":[]}`, 401, "unknown_key", {}],
    ["an unknown key", `{"writeKey":"bw_wrong","events":[]}`, 401, "unknown_key", {}],
    ["the secret key", `{"writeKey":"${site.secretKey}","events":[]}`, 401, "unknown_key", {}],
    [
      "a form",
      "a=b",
      415,
      "unsupported_media_type",
      { "content-type": "application/x-www-form-urlencoded" },
    ],
    ["another encoding", "x", 415, "unsupported_media_type", { "content-encoding": "br" }],
    ["gzip that is none", "hello", 400, "invalid_encoding", { "content-encoding": "gzip" }],
  ])(
    "answers %s with %#",
    async (_what, payload, status, code, headers: Record<string, string>) => {
      const answer = await post("/v1/batch", payload, headers);
      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
      expect(answer.body.error.message).not.toContain("node_modules");
    },
  );

  it("survives events that nest thousands deep, and takes their neighbours", async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const body = `{"writeKey":"${site.writeKey}","events":[${JSON.stringify(event(40)).replace("}", `,"properties":${deep}}`)},${"[".repeat(20_000)}${"]".repeat(20_000)},${JSON.stringify(event(41))}]}`;
    const answer = await post("/v1/batch", body);
    expect(answer.body).toMatchObject({
      accepted: 1,
      rejected: [{ code: "properties_too_large" }, { code: "invalid_event" }],
    });
  });

  it("asks to split what is too large, before and after decompression", async () => {
    expect(
      await batch([event(50, { properties: { x: "x".repeat(LIMITS.batchWireBytes) } })]),
    ).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(LIMITS.batchWireBytes);
    expect(await post("/v1/batch", bomb, { "content-encoding": "gzip" })).toMatchObject({
      status: 413,
      body: { error: { code: "too_large_decompressed" } },
    });
    const many = Array.from({ length: 10_000 }, (_, n) => ({
      id: uuid(n),
      name: "n",
      occurredAt: NOW,
      userId: "u",
    }));
    expect(
      await post("/v1/batch", gzipSync(JSON.stringify({ writeKey: site.writeKey, events: many })), {
        "content-encoding": "gzip",
      }),
    ).toMatchObject({
      status: 413,
      body: { error: { code: "too_many_events" } },
    });
  });

  it("lets only the origins of the site in, webviews where it lists null", async () => {
    const from = async (origin: string): Promise<number> =>
      (await batch([], { writeKey: strict.writeKey }, { origin })).status;
    expect(await from("https://shop.example")).toBe(202);
    expect(await from("https://www.shop.example")).toBe(202);
    expect(await from("null")).toBe(202);
    expect(await from("https://evil-shop.example")).toBe(403);
    expect(await from("https://shop.example.evil.com")).toBe(403);
    expect(await from("https://evil.com/.shop.example")).toBe(403);
    expect(await from("http://www.shop.example")).toBe(403);
    expect(await from("https://.shop.example")).toBe(403);
  });

  it("answers beacons and preflights of any origin, without credentials", async () => {
    const plain = await batch([], {}, { origin: "null" });
    expect(plain.headers["access-control-allow-origin"]).toBe("null");
    expect(plain.headers["access-control-allow-credentials"]).toBeUndefined();
    const preflight = await app.inject({
      method: "OPTIONS",
      url: "/base/v1/batch",
      headers: {
        origin: "https://a.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe("https://a.example");
  });

  it("corrects a wrong clock past the dead band, whatever the year", async () => {
    await spooled();
    const year = 365 * 86_400_000;
    await batch([event(60, { occurredAt: NOW - year - 5000 })], { sentAt: NOW - year });
    await batch([event(61, { occurredAt: NOW - 100_000 - 5000 })], { sentAt: NOW - 100_000 });
    const century = Date.UTC(2100, 0, 1);
    await batch([event(62, { occurredAt: 5000 })], { sentAt: 10_000 });
    await batch([event(63, { occurredAt: century - 5000 })], { sentAt: century });
    // Sent again, a little slower: the same moment.
    await batch([event(63, { occurredAt: century - 5000 })], { sentAt: century - 900 });
    expect((await spooled()).map(({ row }) => [row["occurred_at"], row["skew_ms"] ?? 0])).toEqual([
      [NOW - 5000, year],
      [NOW - 105_000, 0],
      [NOW - 5000, NOW - 10_000],
      [NOW - 5000, NOW - century],
      [NOW - 5000, NOW - century],
    ]);
  });

  it("enriches with device, bot and acquisition channel, and links the device to its user once", async () => {
    await spooled();
    const iphone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    const page = { url: "https://shop.example/p/1?q=2#x", referrer: "https://www.google.com/" };
    await batch(
      [event(70, { page }), event(71, { userId: "u1" }), event(72, { userId: "u1" })],
      {},
      { "user-agent": iphone },
    );
    await batch(
      [event(73)],
      {},
      { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
    );
    const rows = await spooled();
    expect(rows[0]?.row).toMatchObject({
      device: "mobile",
      browser: "Mobile Safari",
      os: "iOS",
      acquisition_channel: "organic_search",
      page_path: "/p/1",
      country: "FR",
      region: "75",
    });
    expect(rows.filter(({ table }) => table === "identities")).toHaveLength(1);
    expect(rows.find(({ row }) => row["id"] === uuid(73))?.row).toMatchObject({ bot: true });
  });

  it("writes answers and contacts to tables of their own, a score of 0 included", async () => {
    await spooled();
    const feedback = {
      surveyId: "s",
      kind: "relational",
      responseId: uuid(9),
      questionId: "q",
      metric: "nps",
      score: 0,
      min: 0,
      max: 10,
      polarity: 1,
    };
    const contact = { contactId: "c", reason: "invoice", waitSeconds: 3 };
    await batch([
      event(80, { name: "survey_answered", feedback }),
      event(81, { name: "contact_opened", contact, channel: "phone" }),
    ]);
    const rows = await spooled();
    expect(rows.find(({ table }) => table === "feedback")?.row).toMatchObject({
      id: uuid(80),
      metric: "nps",
      score: 0,
      scale_max: 10,
      survey_id: "s",
      country: "FR",
    });
    expect(rows.find(({ table }) => table === "contacts")?.row).toMatchObject({
      id: uuid(81),
      reason: "invoice",
      channel: "phone",
    });
  });

  it("answers any JSON with 202 or a 4xx of the table, never with a 5xx", async () => {
    const events = fc.array(
      fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            id: fc.constant(uuid(90)),
            name: fc.string(),
            occurredAt: fc.oneof(fc.double(), fc.constant(NOW)),
            anonymousId: fc.constant(uuid(1)),
            properties: fc.jsonValue(),
            page: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          events.map((list) => ({ writeKey: site.writeKey, sentAt: NOW, events: list })),
        ),
        async (body) => {
          const { status, body: answer } = await post("/v1/batch", JSON.stringify(body));
          expect([202, 400, 401]).toContain(status);
          if (status === 202)
            expect(answer.accepted + answer.rejected.length).toBe(
              (body as { events: unknown[] }).events.length,
            );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("POST /v1/import", () => {
  const bearer = {
    authorization: `Bearer ${site.secretKey}`,
    "content-type": "application/x-ndjson",
  };
  const lines = (...events: unknown[]): string =>
    events.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");

  it("takes any age and channel, line by line, and says what was wrong with which", async () => {
    await spooled();
    const answer = await post(
      "/v1/import",
      lines(
        event(200, { occurredAt: Date.UTC(2003, 1, 1), channel: "store" }),
        "{no json",
        "",
        event(201),
        { id: 1 },
      ),
      bearer,
    );
    expect(answer).toMatchObject({
      status: 202,
      body: {
        accepted: 2,
        rejectedCount: 2,
        rejected: [
          { index: 1, code: "malformed_json" },
          { index: 3, code: "invalid_id" },
        ],
      },
    });
    const rows = await spooled();
    // Who sends a file is not who did what stands in it.
    for (const { row } of rows) {
      for (const column of ["device", "country", "region"]) expect(row).not.toHaveProperty(column);
    }
    expect(rows.filter(({ table }) => table === "events").map(({ row }) => row["source"])).toEqual([
      "import",
      "import",
    ]);
    expect(
      rows.filter(({ table }) => table === "rejected_events").map(({ row }) => row["body"]),
    ).toEqual(["{no json", '{"id":1}']);
  });

  it("takes thousands of lines, gzip too, and lets go of a line without an end", async () => {
    await spooled();
    const many = Array.from({ length: 3000 }, (_, n) => event(1000 + n));
    expect(
      (
        await post("/v1/import", gzipSync(lines(...many)), {
          ...bearer,
          "content-encoding": "gzip",
        })
      ).body.accepted,
    ).toBe(3000);
    const answer = await post(
      "/v1/import",
      lines(event(202), `"${"x".repeat(5_000_000)}"`, event(203)),
      bearer,
    );
    expect(answer.body).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, code: "event_too_large" }],
    });
  });

  it("wants the secret key, in the header", async () => {
    for (const authorization of [
      "",
      "Bearer",
      `Bearer ${site.writeKey}`,
      `Bearer ${site.readKey}`,
      `Basic ${site.secretKey}`,
    ]) {
      expect((await post("/v1/import", "{}", { ...bearer, authorization })).status).toBe(401);
    }
  });

  it("says that a broken gzip body broke off", async () => {
    const whole = gzipSync(lines(event(204)));
    expect(
      await post("/v1/import", whole.subarray(0, whole.length - 10), {
        ...bearer,
        "content-encoding": "gzip",
      }),
    ).toMatchObject({ status: 400, body: { error: { code: "invalid_encoding" } } });
  });
});

describe("GET /v1/pixel.gif", () => {
  const pixel = async (
    e: string,
    k = site.writeKey,
  ): Promise<{ status: number; type: unknown }> => {
    const response = await app.inject({ method: "GET", url: `/base/v1/pixel.gif?k=${k}&e=${e}` });
    return { status: response.statusCode, type: response.headers["content-type"] };
  };
  const encoded = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");

  it("keeps one event and answers an image", async () => {
    await spooled();
    expect(await pixel(encoded(event(300, { name: "message_opened" })))).toEqual({
      status: 200,
      type: "image/gif",
    });
    expect((await spooled())[0]?.row).toMatchObject({
      name: "message_opened",
      channel: "email",
      source: "pixel",
    });
  });

  it("refuses what is no event and an unknown key", async () => {
    expect((await pixel("***")).status).toBe(400);
    expect((await pixel("aGVsbG8")).status).toBe(400);
    expect((await pixel(encoded({ id: 1 }))).status).toBe(400);
    expect((await pixel(encoded(event(301)), "wrong")).status).toBe(401);
  });
});

describe("the rest of the front door", () => {
  const get = (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> => app.inject({ method: "GET", url: `/base${path}`, headers });

  it("is live and ready without ClickHouse, and tells the spool's headroom", async () => {
    expect((await get("/v1/health/live")).statusCode).toBe(200);
    const ready = await get("/v1/health/ready");
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({ status: "ready", spool: { maxBytes: 1 << 28 } });
  });

  it("counts what it accepted, rejected and did not know", async () => {
    const read = async (name: string): Promise<number> => {
      const { body } = await get("/metrics");
      return Number(new RegExp(`^${name} (\\d+)`, "m").exec(body)?.[1] ?? 0);
    };
    const names = [
      "balise_events_accepted_total",
      'balise_events_rejected_total\\{code="invalid_id"\\}',
      "balise_unknown_fields_total",
    ];
    const before = await Promise.all(names.map(read));
    await batch([event(95, { later: 1, more: 2 }), event(96, { id: "x" })]);
    expect(await Promise.all(names.map(read))).toEqual([
      (before[0] ?? 0) + 1,
      (before[1] ?? 0) + 1,
      (before[2] ?? 0) + 2,
    ]);
    expect(await read("balise_spool_limit_bytes")).toBe(1 << 28);
  });

  it("serves the tag's script, short-lived by its name and for ever by its version", async () => {
    const short = await get("/v1/balise.js");
    expect(short.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    });
    expect(
      (await get("/v1/balise.js", { "if-none-match": String(short.headers["etag"]) })).statusCode,
    ).toBe(304);
    const versioned = await get("/v1/balise.0.1.0.js");
    expect(versioned.headers["cache-control"]).toContain("immutable");
    expect(versioned.body).toBe(short.body);
    expect(String(versioned.headers["x-balise-integrity"])).toMatch(/^sha384-/);
    const all = await get("/v1/balise.all.js");
    expect(all.headers["etag"]).not.toBe(short.headers["etag"]);
    expect(all.body).toContain("rage_click");
    expect((await get("/v1/balise.all.0.1.0.js")).body).toBe(all.body);
  });

  it("serves the console under a strict policy", async () => {
    const page = await get("/");
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    // The page's addresses are relative: without its slash they would lead beside it.
    expect((await get("")).headers["location"]).toBe("/base/");
    expect((await get("/../package.json")).statusCode).toBe(404);
    expect((await get("/.tsbuildinfo")).statusCode).toBe(404);
  });

  it("lists its questions to the read key alone", async () => {
    expect((await get("/v1/query")).statusCode).toBe(401);
    expect((await get("/v1/query", { authorization: `Bearer ${site.writeKey}` })).statusCode).toBe(
      401,
    );
    const list = await get("/v1/query", { authorization: `Bearer ${site.readKey}` });
    const queries = list.json<{
      queries: { name: string; question: string; parameters: object }[];
    }>().queries;
    expect(queries.map((query) => query.name)).toContain("funnel");
    for (const query of queries) {
      expect(query.question).not.toBe("");
      expect(query.parameters).toHaveProperty("properties");
    }
  });

  it("describes its questions to anybody, as OpenAPI", async () => {
    const answer = await get("/v1/openapi.json");
    expect(answer.statusCode).toBe(200);
    const document = answer.json<{ servers: unknown; paths: Record<string, object> }>();
    expect(document.servers).toEqual([{ url: "/base" }]);
    expect(Object.keys(document.paths)).toContain("/v1/query/funnel");
  });

  it("says which method an address takes, and that there is none", async () => {
    const wrong = await get("/v1/batch");
    expect([
      wrong.statusCode,
      wrong.json<Sent["body"]>().error.code,
      wrong.headers["allow"],
    ]).toEqual([405, "method_not_allowed", "POST"]);
    expect((await get("/v1/nothing")).json<Sent["body"]>().error.code).toBe("not_found");
    expect((await get("/%00")).statusCode).toBe(404);
  });

  it("answers 503 in the same words while it stops", async () => {
    const other = await appOver(spool);
    let url = "";
    let late: Response | undefined;
    other.addHook("preClose", async () => {
      late = await fetch(`${url}/v1/health/live`, { headers: { origin: "https://shop.example" } });
    });
    url = await other.listen({ host: "127.0.0.1", port: 0 });
    await other.close();
    const body = (await late?.json()) as Sent["body"];
    expect([late?.status, body.error.code, late?.headers.get("retry-after")]).toEqual([
      503,
      "stopping",
      "2",
    ]);
    // The tag may read when to try again.
    expect(late?.headers.get("access-control-allow-origin")).toBe("https://shop.example");
  });

  it("says that ClickHouse is away, or that there is no such question", async () => {
    const headers = { authorization: `Bearer ${site.readKey}`, "content-type": "application/json" };
    const ask = (name: string, payload: object): Promise<LightMyRequestResponse> =>
      app.inject({ method: "POST", url: `/base/v1/query/${name}`, headers, payload });
    expect((await ask("nothing", {})).statusCode).toBe(404);
    const away = await ask("event_names", {});
    expect([
      away.statusCode,
      away.json<Sent["body"]>().error.code,
      away.headers["retry-after"],
    ]).toEqual([503, "store_unavailable", "5"]);
    expect((await ask("funnel", { steps: ["a"] })).json<Sent["body"]>().error.message).toContain(
      "windowSeconds",
    );
  });

  it("answers what is no HTTP, too long headers and unreadable addresses in the same words", async () => {
    const open = await appOver(spool);
    const { port } = new URL(await open.listen({ host: "127.0.0.1", port: 0 }));
    const raw = (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        let answer = "";
        const socket = connect(Number(port), "127.0.0.1", () => socket.end(bytes));
        socket.on("data", (data) => (answer += String(data)));
        socket.on("close", () => resolve(answer));
        socket.on("error", reject);
      });
    expect(await raw("nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 .*"malformed_request"/s);
    expect(await raw(`GET / HTTP/1.1\r\nX: ${"x".repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 .*"headers_too_large"/s,
    );
    expect(await raw("GET /v1/query/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1.1 404 .*"not_found"/s,
    );
    await open.close();
  });

  it("answers 503 with Retry-After when the spool is full", async () => {
    const small = mkdtempSync(join(tmpdir(), "balise-full-"));
    const full = await Spool.open({ dir: small, maxBytes: 100_000 });
    const other = await appOver(full);
    const send = (number: number): Promise<LightMyRequestResponse> => {
      const payload = JSON.stringify({
        writeKey: site.writeKey,
        events: [event(number, { occurredAt: Date.now() })],
      });
      return other.inject({
        method: "POST",
        url: "/v1/batch",
        headers: { "content-type": "text/plain" },
        payload,
      });
    };
    let number = 400;
    let response = await send(number);
    while (response.statusCode === 202) response = await send(++number);
    expect(number).toBeGreaterThan(410);
    expect([response.statusCode, response.json<Sent["body"]>().error.code]).toEqual([
      503,
      "spool_full",
    ]);
    expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    expect((await other.inject({ method: "GET", url: "/v1/health/ready" })).statusCode).toBe(503);
    await other.close();
    rmSync(small, { recursive: true, force: true });
  });
});

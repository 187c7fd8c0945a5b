import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LIMITS } from "@balise/schema";
import fc from "fast-check";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, SITE } from "../door/testing/app.js";
import { Spool } from "../ingest/spool.js";
import { spooledRows } from "../testing/spooled.js";

const NOW = Date.UTC(2026, 5, 15, 12);
const uuid = (number: number): string =>
  `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const event = (number: number, more: object = {}): object => ({
  id: uuid(number),
  name: "cart",
  occurredAt: NOW,
  anonymousId: uuid(1),
  ...more,
});
const bodyOf = (events: readonly unknown[], writeKey: string | undefined = SITE.writeKey): string =>
  JSON.stringify({ writeKey, sentAt: NOW, events });

let dir: string;
let spool: Spool;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "balise-batch-"));
  spool = await Spool.open({ dir, maxBytes: 1 << 28 });
});
afterAll(async () => {
  await spool.close();
  rmSync(dir, { recursive: true, force: true });
});

const collector = (): Promise<FastifyInstance> => openApp({}, { spool, now: () => NOW });

const send = (
  app: FastifyInstance,
  payload: string | Buffer,
  more: { address?: string; encoding?: string; type?: string } = {},
): Promise<LightMyRequestResponse> =>
  app.inject({
    method: "POST",
    url: more.address ?? "/v1/batch",
    payload,
    headers: {
      "content-type": more.type ?? "text/plain",
      ...(more.encoding !== undefined && { "content-encoding": more.encoding }),
    },
  });

const codeOf = (answer: LightMyRequestResponse): unknown => answer.json().error?.code;

/** How a body may be sent: compressed, named as such or not. */
const WAYS = [
  ["named gzip", "gzip"],
  ["with no encoding named", undefined],
  ["with identity named", "identity"],
] as const;

describe.each(WAYS)("a gzip body %s", (_way, encoding) => {
  const sent = async (
    payload: Buffer,
    address = "/v1/batch",
    type = "text/plain",
  ): Promise<LightMyRequestResponse> =>
    send(await collector(), payload, {
      address,
      type,
      ...(encoding !== undefined && { encoding }),
    });

  it.each(["text/plain", "text/plain;charset=UTF-8", "application/json"])(
    "is kept as %s",
    async (type) => {
      const answer = await sent(gzipSync(bodyOf([event(2)])), "/v1/batch", type);
      expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: 1, rejected: [] }]);
      expect(await spooledRows(spool)).toMatchObject([{ table: "events", row: { id: uuid(2) } }]);
    },
  );

  it("is kept under the key of its address", async () => {
    const address = `/v1/batch?k=${SITE.writeKey}`;
    const body = JSON.stringify({ sentAt: NOW, events: [event(3)] });
    expect((await sent(gzipSync(body), address)).statusCode).toBe(202);
    expect(await spooledRows(spool)).toMatchObject([{ row: { id: uuid(3) } }]);
    const unknown = await sent(gzipSync(body), "/v1/batch?k=bw_wrong");
    expect([unknown.statusCode, codeOf(unknown)]).toEqual([401, "unknown_key"]);
  });

  it("is kept whole from two members, and with what stands behind the last", async () => {
    const body = Buffer.from(bodyOf([event(4)]));
    const halves = [body.subarray(0, 40), body.subarray(40)].map((half) => gzipSync(half));
    expect((await sent(Buffer.concat(halves))).statusCode).toBe(202);
    expect((await sent(Buffer.concat([gzipSync(body), Buffer.alloc(9)]))).statusCode).toBe(202);
    expect(await spooledRows(spool)).toHaveLength(2);
  });

  it("is refused broken, at whatever byte it ends", async () => {
    const whole = gzipSync(bodyOf([event(5)]));
    for (let end = 2; end < whole.length; end += 7) {
      const answer = await sent(whole.subarray(0, end));
      expect([answer.statusCode, codeOf(answer)]).toEqual([400, "invalid_encoding"]);
    }
    const broken = await sent(Buffer.concat([whole, Buffer.of(0x1f, 0x8b, 0, 0)]));
    expect(codeOf(broken)).toBe("invalid_encoding");
    expect(await spooledRows(spool)).toEqual([]);
  });

  it("is refused as a bomb, before it is inflated to its end or for an unknown key at once", async () => {
    const spaces = " ".repeat(8 * LIMITS.batchBytes);
    const bomb = (writeKey: string): Buffer => gzipSync(`{"writeKey":"${writeKey}",${spaces}`);
    const large = await sent(bomb(SITE.writeKey));
    expect([large.statusCode, codeOf(large)]).toEqual([413, "too_large_decompressed"]);
    const unknown = await sent(bomb("bw_wrong"));
    expect([unknown.statusCode, codeOf(unknown)]).toEqual([401, "unknown_key"]);
  });

  it("is inflated once: gzip in gzip is no JSON", async () => {
    expect(codeOf(await sent(gzipSync(gzipSync(bodyOf([event(6)])))))).toBe("malformed_json");
  });
});

it("another encoding that is named is not looked behind", async () => {
  const answer = await send(await collector(), gzipSync(bodyOf([])), { encoding: "br" });
  expect([answer.statusCode, codeOf(answer)]).toEqual([415, "unsupported_media_type"]);
});

it("the same events give the same rows, plain or gzip, by the short way and the plain one", async () => {
  const anyEvent = fc
    .tuple(fc.nat(9999), fc.record({ name: fc.string(), properties: fc.jsonValue() }))
    .map(([number, more]) => event(number, more));
  const rowsOf = async (payload: string | Buffer): Promise<unknown> => {
    const answer = await send(await collector(), payload);
    return [answer.statusCode, answer.json(), await spooledRows(spool)];
  };
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 5 }), async (events) => {
      const body = bodyOf(events);
      expect(await rowsOf(gzipSync(body))).toEqual(await rowsOf(body));
      // With spaces in it, none takes the short way.
      expect(await rowsOf(gzipSync(` ${body}`))).toEqual(await rowsOf(` ${body}`));
    }),
    { numRuns: 30 },
  );
});

it("bodies that take long are looked through while others are answered, and past 16 MB are sent again", async () => {
  const app = await collector();
  const hostile = { later: 1, properties: { text: "411 ".repeat(400).padEnd(7900, "x") } };
  const body = bodyOf(Array.from({ length: 250 }, (_, n) => event(n, hostile)));
  expect(8 * body.length).toBeLessThan(16 * 1024 * 1024);
  expect(9 * body.length).toBeGreaterThan(16 * 1024 * 1024);
  const ended: unknown[] = [];
  const bodies = Array.from({ length: 9 }, async () => {
    const { statusCode, headers } = await send(app, body);
    ended.push([statusCode, headers["retry-after"]]);
  });
  for (let times = 0; times < 5; times++)
    await app.inject({ method: "GET", url: "/v1/health/live" });
  ended.push("others");
  await Promise.all(bodies);
  expect(ended.slice(0, 2)).toEqual(expect.arrayContaining(["others", [503, "2"]]));
  expect(ended.slice(2)).toEqual(Array.from({ length: 8 }, () => [202, undefined]));
  expect(await spooledRows(spool)).toHaveLength(2000);
});

describe("a page of any origin", () => {
  const ORIGIN = "https://shop.example";
  const post = (app: FastifyInstance, payload: string, type: string) =>
    app.inject({
      method: "POST",
      url: "/v1/batch",
      payload,
      headers: { origin: ORIGIN, "content-type": type },
    });

  it("reads every answer, and when to send again", async () => {
    const full = Spool.open({ dir: mkdtempSync(join(dir, "full-")), maxBytes: 1 });
    const strict = { ...SITE, origins: ["https://other.example"] };
    const large = `{"x":"${"x".repeat(LIMITS.batchWireBytes)}"}`;
    const rateLimits = { perKey: 1, perAddress: 0 };
    const cases = [
      [202, await collector(), bodyOf([])],
      [400, await collector(), "["],
      [401, await collector(), bodyOf([], "bw_wrong")],
      [403, await openApp({ sites: [strict] }, { spool }), bodyOf([])],
      [413, await collector(), large],
      [415, await collector(), bodyOf([]), "text/html"],
      [429, await openApp({ rateLimits }, { spool, now: () => NOW }), bodyOf([])],
      [503, await openApp({}, { spool: await full, now: () => NOW }), bodyOf([event(7)])],
    ] as const;
    for (const [status, app, payload, type] of cases) {
      if (status === 429) await post(app, payload, "text/plain");
      const answer = await post(app, payload, type ?? "text/plain");
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({
        "access-control-allow-origin": ORIGIN,
        "access-control-expose-headers": "retry-after",
        vary: "Origin",
        ...(status === 429 || status === 503
          ? { "retry-after": expect.stringMatching(/^[1-9]\d*$/) }
          : {}),
      });
    }
    await (await full).close();
  });

  it("asks beforehand once a day, where it must ask at all", async () => {
    const answer = await (
      await collector()
    ).inject({
      method: "OPTIONS",
      url: "/v1/batch",
      headers: {
        origin: ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-encoding,content-type",
      },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-encoding, content-type",
      "access-control-max-age": "86400",
    });
  });
});

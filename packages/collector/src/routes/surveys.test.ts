import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApp } from "../app.js";
import { Drain } from "../ingest/drain.js";
import { Spool } from "../ingest/spool.js";
import type { Site } from "../sites.js";
import { createStoreClient } from "../store/client.js";
import { surveyOf } from "../surveys/testing/survey.js";
import { openTestStore, type TestStore } from "../testing/store.js";

const site = (id: string, origins: string[] = []): Site => ({
  id,
  writeKey: `bw_${id}_aaaaaaaaaaaaaaaa`,
  secretKey: `bs_${id}_aaaaaaaaaaaaaaaa`,
  readKey: `br_${id}_aaaaaaaaaaaaaaaa`,
  origins,
});
const [shop, other, filed] = [site("shop"), site("other", ["https://a.example"]), site("filed")];
const DEVICE = "01900000-0000-7000-8000-00000000000a";

let store: TestStore;
let folder: string;
let spool: Spool;
let time = Date.UTC(2026, 6, 15, 12);
const logged: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
const open: FastifyInstance[] = [];

beforeAll(async () => {
  store = await openTestStore();
  folder = mkdtempSync(join(tmpdir(), "balise-surveys-route-"));
  spool = await Spool.open({ dir: join(folder, "spool"), maxBytes: 1 << 26 });
});
afterAll(async () => {
  for (const app of open) await app.close();
  await spool.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A collector on this ClickHouse. */
async function appOn(client: TestStore["client"]): Promise<FastifyInstance> {
  const drain = new Drain({ spool, insert: async () => undefined, log });
  const surveyPlans = new Map([["filed", { surveys: [surveyOf({ id: "of-the-file" })] }]]);
  const config = { sites: [shop, other, filed], surveyPlans };
  const app = await buildApp(config, { spool, drain, client, log, now: () => time });
  open.push(app);
  return app;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

function save(app: FastifyInstance, plan: unknown, of = shop): Promise<LightMyRequestResponse> {
  return app.inject({
    method: "POST",
    url: "/v1/surveys",
    headers: { ...bearer(of.secretKey), "content-type": "application/json" },
    payload: JSON.stringify(plan),
  });
}

const configOf = (app: FastifyInstance, of = shop, headers: Record<string, string> = {}) =>
  app.inject({ url: `/v1/config?k=${of.writeKey}`, headers });

const idsOf = (answer: LightMyRequestResponse): string[] =>
  answer.json().surveys.map((survey: { id: string }) => survey.id);

describe("plans", () => {
  it("are saved, numbered, and given back with what could be better", async () => {
    const app = await appOn(store.client);
    const fresh = await app.inject({ url: "/v1/surveys", headers: bearer(shop.secretKey) });
    expect(fresh.json()).toEqual({ revision: 0, plan: { surveys: [] }, warnings: [] });
    const survey = surveyOf({ objective: " " });
    const saved = await save(app, { surveys: [survey] });
    expect([saved.statusCode, saved.json()]).toEqual([
      200,
      {
        revision: 1,
        savedAt: new Date(time).toISOString(),
        plan: { surveys: [survey] },
        warnings: [expect.objectContaining({ rule: "no-objective", surveyId: "checkout" })],
      },
    ]);
    const again = await app.inject({ url: "/v1/surveys", headers: bearer(shop.secretKey) });
    expect(again.json()).toEqual(saved.json());
    expect((await save(app, { surveys: [] })).json().revision).toBe(2);
  });

  it("take the secret key of their site alone", async () => {
    const app = await appOn(store.client);
    for (const key of [shop.writeKey, shop.readKey, "nonsense"]) {
      const answer = await app.inject({ url: "/v1/surveys", headers: bearer(key) });
      expect([answer.statusCode, answer.json().error.code]).toEqual([401, "unknown_key"]);
    }
    await save(app, { surveys: [surveyOf({ id: "of-other" })] }, other);
    const own = await app.inject({ url: "/v1/surveys", headers: bearer(shop.secretKey) });
    expect(own.body).not.toContain("of-other");
  });

  it("that are wrong are refused with the place, and the one before goes on", async () => {
    const app = await appOn(store.client);
    await save(app, { surveys: [surveyOf({ id: "stays" })] });
    for (const wrong of [
      null,
      [],
      { surveys: {} },
      { surveys: [{ ...surveyOf(), version: "1" }] },
    ]) {
      const answer = await save(app, wrong);
      expect([answer.statusCode, answer.json().error.code]).toEqual([400, "invalid_body"]);
    }
    expect((await save(app, { surveys: [{ id: "x" }] })).json().error.message).toContain(
      'surveys[0].version ("x")',
    );
    const huge = await save(app, { surveys: [], languages: ["x".repeat(2_000_000)] });
    expect(huge.json().error.code).toBe("too_large");
    expect(idsOf(await configOf(app))).toEqual(["stays"]);
  });

  it("do not change what a version asks, nor what a file holds", async () => {
    const app = await appOn(store.client);
    await save(app, { surveys: [surveyOf({ id: "words" })] });
    const texts = { en: { questions: { score: { ask: "How was it?" } } } };
    const changed = await save(app, { surveys: [surveyOf({ id: "words", texts })] });
    expect([changed.statusCode, changed.json().error.code]).toEqual([409, "conflict"]);
    expect(changed.json().error.message).toContain('"words"');
    const grown = await save(app, { surveys: [surveyOf({ id: "words", texts, version: 2 })] });
    expect(grown.statusCode).toBe(200);
    expect((await save(app, { surveys: [] }, filed)).json().error.message).toContain("file");
    expect(idsOf(await configOf(app, filed))).toEqual(["of-the-file"]);
  });
});

describe("GET /v1/config", () => {
  it("is the same for everyone, kept by browsers, and sent again only when it changed", async () => {
    const app = await appOn(store.client);
    await save(app, { surveys: [surveyOf({ id: "one" })] });
    const origin = "https://shop.example";
    const first = await configOf(app, shop, { origin });
    expect(first.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400",
      "access-control-allow-origin": origin,
      "cross-origin-resource-policy": "cross-origin",
    });
    expect(first.body).not.toContain("Decide");
    const etag = String(first.headers["etag"]);
    const same = await configOf(app, shop, { "if-none-match": `W/${etag}, "x"` });
    expect([same.statusCode, same.body]).toEqual([304, ""]);
    await save(app, { surveys: [surveyOf({ id: "two" })] });
    const next = await configOf(app, shop, { "if-none-match": etag });
    expect([next.statusCode, idsOf(next)]).toEqual([200, ["two"]]);
  });

  it("reaches another collector within ten seconds", async () => {
    const [app, beside] = [await appOn(store.client), await appOn(store.client)];
    await configOf(beside);
    await save(app, { surveys: [surveyOf({ id: "spread" })] });
    time += 10_000;
    expect(idsOf(await configOf(beside))).toEqual(["spread"]);
  });

  it("marks a survey whose quota is reached", async () => {
    const app = await appOn(store.client);
    const quota = { displays: 1, per: "day" } as const;
    await save(app, { surveys: [surveyOf({ id: "full", quota })] });
    expect((await configOf(app)).json().surveys[0].full).toBeUndefined();
    await shown(shop, { surveyId: "full" });
    time += 10_000;
    expect((await configOf(app)).json().surveys[0].full).toBe(true);
  });

  it("is for pages of the site, with its write key", async () => {
    const app = await appOn(store.client);
    const code = async (url: string, headers: Record<string, string> = {}) =>
      (await app.inject({ url, headers })).json().error.code;
    expect(await code("/v1/config")).toBe("unknown_key");
    expect(await code("/v1/config?k=nobody")).toBe("unknown_key");
    expect(await code(`/v1/config?k=${shop.secretKey}`)).toBe("unknown_key");
    expect(await code("/v1/config?k=a&k=b")).toBe("invalid_parameter");
    const origin = "https://evil.example";
    expect(await code(`/v1/config?k=${other.writeKey}`, { origin })).toBe("origin_not_allowed");
  });

  it("goes on with what is known while ClickHouse is away, and says so where nothing is", async () => {
    const away = createStoreClient({ ...store.address, url: "http://127.0.0.1:9" });
    let client = store.client;
    const app = await appOn(
      new Proxy(store.client, { get: (_, name) => Reflect.get(client, name, client) }),
    );
    await save(app, { surveys: [surveyOf({ id: "known" })] });
    await configOf(app);
    client = away;
    time += 60_000;
    expect(idsOf(await configOf(app))).toEqual(["known"]);
    const answer = await configOf(app, other);
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "10"]);
    expect((await save(app, { surveys: [] })).json().error.code).toBe("store_unavailable");
    await away.close();
  });
});

/** Puts a display into the tables. */
async function shown(
  { id }: Site,
  {
    surveyId,
    user = "",
    device = randomUUID(),
  }: { surveyId: string; user?: string; device?: string },
): Promise<void> {
  const properties = {
    surveyId,
    responseId: randomUUID(),
    kind: "relational",
    metric: "nps",
    placement: "modal",
  };
  const row = { site_id: id, id: randomUUID(), name: "survey_shown", occurred_at: time };
  await store.client.insert({
    table: "events",
    values: [{ ...row, anonymous_id: device, user_id: user, properties }],
    format: "JSONEachRow",
  });
}

describe("POST /v1/exposures", () => {
  const ask = (app: FastifyInstance, body: unknown): Promise<LightMyRequestResponse> =>
    app.inject({
      method: "POST",
      url: "/v1/exposures",
      headers: { "content-type": "text/plain", origin: "https://shop.example" },
      payload: typeof body === "string" ? body : JSON.stringify(body),
    });
  const { writeKey } = shop;

  it("tells what the person was shown, as nobody may keep it, and logs nobody", async () => {
    const app = await appOn(store.client);
    await shown(shop, { surveyId: "asked", user: "customer-ZQ81" });
    logged.length = 0;
    const answer = await ask(app, { writeKey, anonymousId: DEVICE, userId: "customer-ZQ81" });
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "access-control-allow-origin": "https://shop.example",
    });
    expect(answer.json()).toEqual({
      exposures: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}$/),
          surveyId: "asked",
          kind: "relational",
          metric: "nps",
          at: time - (time % 3_600_000),
          dismissed: false,
        },
      ],
    });
    await ask(app, { writeKey, anonymousId: "nobody", userId: "customer-ZQ81" });
    expect(logged.join("")).not.toMatch(/customer-ZQ81|01900000/);
  });

  it("tells nothing across devices where the plan says so", async () => {
    const app = await appOn(store.client);
    await save(app, { surveys: [], acrossDevices: false });
    await shown(shop, { surveyId: "asked", user: "eve" });
    const body = { writeKey, anonymousId: DEVICE, userId: "eve" };
    expect((await ask(app, body)).json()).toEqual({ exposures: [] });
    await save(app, { surveys: [] });
    expect((await ask(app, body)).json().exposures).toHaveLength(1);
  });

  it.each([
    ["", "malformed_json"],
    ["{", "malformed_json"],
    ["[]", "invalid_body"],
    [{ writeKey }, "invalid_body"],
    [{ writeKey, anonymousId: "x" }, "invalid_body"],
    [{ writeKey, anonymousId: DEVICE, userId: "" }, "invalid_body"],
    [{ writeKey, anonymousId: DEVICE, userId: "a".repeat(129) }, "invalid_body"],
    [{ writeKey, anonymousId: DEVICE, userId: { $ne: "" } }, "invalid_body"],
    [{ anonymousId: DEVICE }, "unknown_key"],
    [{ writeKey: "nobody", anonymousId: DEVICE }, "unknown_key"],
    ["x".repeat(5000), "too_large"],
  ])("refuses %j as %s", async (body, code) => {
    const app = open[0] ?? (await appOn(store.client));
    expect((await ask(app, body)).json().error.code).toBe(code);
  });
});

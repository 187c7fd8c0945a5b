import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildApp } from "../app.js";
import { Eraser } from "../erase/eraser.js";
import { Drain } from "../ingest/drain.js";
import { Spool } from "../ingest/spool.js";
import type { Site } from "../sites.js";
import { createStoreClient } from "../store/client.js";

const site = (id: string): Site => ({
  id,
  writeKey: `bw_${id}_aaaaaaaaaaaaaaaa`,
  secretKey: `bs_${id}_aaaaaaaaaaaaaaaa`,
  readKey: `br_${id}_aaaaaaaaaaaaaaaa`,
  origins: [],
});
const [shop, other] = [site("shop"), site("other")];
const DEVICE = "01900000-0000-7000-8000-00000000000A";

let dataDir: string;
let spool: Spool;
let app: FastifyInstance;

// Nothing listens there: a request to erase is kept without ClickHouse.
const client = createStoreClient({
  url: "http://127.0.0.1:9",
  user: "u",
  password: "p",
  database: "d",
});

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "balise-erase-route-"));
  spool = await Spool.open({ dir: join(dataDir, "spool"), maxBytes: 1 << 26 });
  const log = pino({ level: "silent" });
  const drain = new Drain({ spool, insert: async () => undefined, log });
  const eraser = await Eraser.open({ dataDir, spool, client, log });
  const deps = { spool, drain, client, eraser, log };
  app = await buildApp({ sites: [shop, other] }, deps);
});
afterAll(async () => {
  await app.close();
  await client.close();
  await spool.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const post = (payload: object, key = shop.secretKey): Promise<LightMyRequestResponse> =>
  app.inject({
    method: "POST",
    url: "/v1/erase",
    headers: { authorization: `Bearer ${key}` },
    payload,
  });
const get = (requestId: string, key = shop.secretKey): Promise<LightMyRequestResponse> =>
  app.inject({ url: `/v1/erase/${requestId}`, headers: { authorization: `Bearer ${key}` } });

it("keeps a request on disk, for nobody else to read, before it answers", async () => {
  const answer = await post({ userId: "ada", anonymousId: DEVICE });
  expect(answer.statusCode).toBe(202);
  const { requestId, ...status } = answer.json();
  expect(status).toEqual({
    state: "waiting",
    requestedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    removed: {},
  });
  expect(answer.body).not.toContain("ada");
  const path = join(dataDir, "erasures", `${requestId}.json`);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    siteId: "shop",
    person: { userId: "ada", anonymousId: DEVICE.toLowerCase() },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await get(requestId)).json()).toMatchObject({ requestId, state: "waiting" });
});

it("takes the secret key alone, and tells of a request to its own site alone", async () => {
  for (const key of [shop.writeKey, shop.readKey, "nonsense", ""]) {
    const answer = await post({ userId: "ada" }, key);
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, "unknown_key"]);
  }
  const { requestId } = (await post({ userId: "ada" })).json();
  expect((await get(requestId, shop.readKey)).statusCode).toBe(401);
  expect((await get(requestId, other.secretKey)).json().error.code).toBe("not_found");
  expect((await get("..%2Fkeys")).json().error.code).toBe("not_found");
});

it.each([
  [{}, "name a userId, an anonymousId, or both"],
  [{ userId: "" }, "userId"],
  [{ userId: 7 }, "userId"],
  [{ userId: "a".repeat(129) }, "userId"],
  [{ anonymousId: "ada" }, "anonymousId"],
  [{ anonymousId: "00000000-0000-0000-0000-000000000000" }, "nil UUID"],
  [{ userId: "ada", accountId: "acme" }, "accountId"],
  [["ada"], "expected {userId}"],
])("refuses %j in words, and keeps nothing", async (body, words) => {
  const before = readdirSync(join(dataDir, "erasures")).length;
  const answer = await post(body);
  expect([answer.statusCode, answer.json().error.code]).toEqual([400, "invalid_body"]);
  expect(answer.json().error.message).toContain(words);
  expect(readdirSync(join(dataDir, "erasures"))).toHaveLength(before);
});

it("asks to send again what could not be kept", async () => {
  rmSync(join(dataDir, "erasures"), { recursive: true });
  const answer = await post({ userId: "ada" });
  expect([answer.statusCode, answer.json().error.code]).toEqual([503, "erasure_not_kept"]);
  expect(answer.headers["retry-after"]).toBe("10");
});

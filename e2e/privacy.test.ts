import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mmdb } from "../packages/collector/dist/door/testing/mmdb.js";
import { accepted, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { filesWith } from "./support/files.js";
import { testFolder } from "./support/folder.js";
import { sendRaw } from "./support/raw.js";

/** Only Linux answers on all of 127.0.0.0/8. */
const SOURCE = process.platform === "linux" ? { localAddress: "127.0.0.77" } : {};

const [V4, V6] = ["203.0.113.77", "2001:db8:77ab:cd12:3456:789a:bcde:f012"];

/** The connection's, a visitor's of either version, and one that a visitor made up. */
const ADDRESSES = ["127.0.0.77", V4, V6, "198.51.100.77"];

/** All that an address of a visitor could be written as, its network included. */
const TRACES: readonly (string | Buffer)[] = [
  ...ADDRESSES,
  "203.0.113",
  "2001:db8:77ab",
  "2001:0db8:77ab",
  // As numbers: the IPv4 address, the IPv6 one and its /64.
  "3405803853",
  "cb00714d",
  "20010db877abcd12",
  String(0x20010db877abcd123456789abcdef012n),
  String(0x20010db877abcd12n),
  Buffer.from("20010db877abcd12", "hex"),
];

/** Sends from the distinctive address, through proxies that name others. */
async function sendFromAddress(
  url: string,
  visitor: string,
  init: object,
  body: string,
): Promise<number> {
  const message = request(url, {
    method: body === "" ? "GET" : "POST",
    ...SOURCE,
    headers: {
      ...(body === "" ? {} : { "content-type": "application/json" }),
      "x-forwarded-for": `198.51.100.77, ${visitor}`,
      "x-real-ip": visitor,
      forwarded: `for="[${visitor}]"`,
      ...init,
    },
  });
  message.end(body);
  const [response] = await once(message, "response");
  response.resume();
  return response.statusCode;
}

/** Every request that keeps something or fails: what is accepted, what is refused, what is logged. */
async function visit(collector: Collector, id: string, visitor: string): Promise<void> {
  const { writeKey, secretKey, readKey } = collector.keys;
  const batch = (events: unknown[]): string => JSON.stringify({ writeKey, events });
  const event = JSON.stringify(makeEvent());
  const pixel = Buffer.from(event).toString("base64url");
  const sent: [string, object, string, number][] = [
    ["/v1/batch", {}, batch([makeEvent({ id }), { ...makeEvent(), id: "no-uuid" }]), 202],
    ["/v1/batch", {}, "{", 400],
    ["/v1/batch", {}, JSON.stringify({ writeKey: secretKey, events: [] }), 401],
    ["/v1/import", { authorization: `Bearer ${secretKey}` }, `${event}\nno json\n`, 202],
    ["/v1/query/nonsense", { authorization: `Bearer ${readKey}` }, "{}", 404],
    [`/v1/pixel.gif?k=${writeKey}&e=${pixel}`, {}, "", 200],
    ["/v1/batch?k=bw_mistyped", {}, batch([]), 401],
    ["/v1/batch", { "content-encoding": "gzip" }, "no gzip", 400],
    ["/v1/batch", { "content-type": "text/css" }, "{}", 415],
    ["/v1/batch", {}, "x".repeat(2_100_000), 413],
    ["/v1/query/%zz", {}, "", 404],
  ];
  for (const [path, headers, body, status] of sent)
    expect([path, await sendFromAddress(collector.url + path, visitor, headers, body)]).toEqual([
      path,
      status,
    ]);
}

/** What is no HTTP, from the visitor's address. */
async function sendNonsense(collector: Collector, visitor: string): Promise<void> {
  const { status } = await sendRaw(
    collector.url,
    `NONSENSE / HTTP/1.1\r\nX-Forwarded-For: ${visitor}\r\nContent-Length: x\r\n\r\n`,
  );
  expect(status).toBe(400);
}

/** Sends until it is asked to wait. */
async function sendTooMuch(url: string, visitor: string, headers: object): Promise<void> {
  let status = 0;
  for (let times = 0; times < 200 && status !== 429; times++) {
    status = await sendFromAddress(url, visitor, headers, "");
  }
  expect(status).toBe(429);
}

/** In how many rows of which tables the text stands. */
async function tablesWith(collector: Collector, text: string): Promise<string[]> {
  const ask = <Row>(query: string): Promise<Row[]> =>
    sql<Row>(collector, query, "default", collector.keys.embeddedPassword);
  const tables = await ask<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'balise' AND engine LIKE '%MergeTree'",
  );
  expect(tables.length).toBeGreaterThan(5);
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await ask<{ rows: string }>(
      `SELECT toString(countIf(position(formatRow('JSONEachRow', *), '${text}') > 0)) AS rows FROM ${name}`,
    );
    if (row?.rows !== "0") found.push(name);
  }
  return found;
}

/** Rates are limited, so that refusals are looked at too. */
const TRUSTING = { BALISE_TRUST_PROXY: "loopback", BALISE_RATE_LIMIT_ADDRESS: "100" };

test.for([
  ["the connection", {}],
  ["a proxy that is trusted", TRUSTING],
] as const)(
  "no address that %s tells is on disk, in a table or in the log, and no key in the log",
  async ([, trust]) => {
    const folder = testFolder();
    const atlas = testFolder();
    const trusting = trust === TRUSTING;
    const france = { country: { iso_code: "FR" }, subdivisions: [{ iso_code: "IDF" }] };
    const places = join(atlas, "places.mmdb");
    writeFileSync(places, mmdb({ "203.0.113.0/24": france, "2001:db8:77ab::/48": france }));
    const settings = { BALISE_LOG_LEVEL: "debug", BALISE_GEOIP: places, ...trust };
    const first = await startCollector(folder, settings);
    const id = "0199a8c0-0000-7000-8000-00000000abcd";
    for (const visitor of [V4, V6]) {
      await visit(first, id, visitor);
      await sendNonsense(first, visitor);
      if (!trusting) continue;
      const guess = { authorization: "Bearer br_guessed" };
      await sendTooMuch(`${first.url}/v1/query`, visitor, guess);
      await sendTooMuch(`${first.url}/v1/pixel.gif?k=x&e=e30`, visitor, {});
    }
    await first.end("SIGKILL");
    // What was acknowledged a moment ago is in the spool as plain text: the search would find it.
    expect(filesWith(join(folder, "data", "spool"), id)).not.toEqual([]);
    for (const trace of TRACES) expect([trace, filesWith(folder, trace)]).toEqual([trace, []]);

    const second = await startCollector(folder, settings);
    onTestFinished(async () => void (await second.end("SIGKILL")));
    await accepted(second, [makeEvent({ userId: "marker-of-a-user" })]);
    const search = (text: string): Promise<string[]> => tablesWith(second, text);
    await expect.poll(() => search("marker-of-a-user"), { timeout: 20_000 }).toContain("events");
    expect(await search(id)).toContain("events");
    expect(await search("no-uuid")).toEqual(["rejected_events"]);
    const told = await sql<{ country: string; region: string }>(
      second,
      `SELECT DISTINCT country, region FROM events WHERE id = '${id}'`,
    );
    expect(told).toEqual([
      trusting ? { country: "FR", region: "IDF" } : { country: "", region: "" },
    ]);
    for (const trace of TRACES) {
      if (typeof trace === "string") expect([trace, await search(trace)]).toEqual([trace, []]);
    }

    expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
    const log = first.stderr() + second.stderr();
    expect(log).toContain("Server listening");
    for (const trace of TRACES) {
      expect([trace, filesWith(folder, trace)]).toEqual([trace, []]);
      expect(log).not.toContain(String(trace));
    }
    for (const key of Object.values(second.keys)) {
      expect(log).not.toContain(key);
      expect(second.stdout()).not.toContain(key);
    }
  },
);

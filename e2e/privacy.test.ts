import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { accepted, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { filesWith } from "./support/files.js";
import { testFolder } from "./support/folder.js";

/** Only Linux answers on all of 127.0.0.0/8. */
const SOURCE = process.platform === "linux" ? { localAddress: "127.0.0.77" } : {};
const ADDRESSES = ["127.0.0.77", "203.0.113.77", "198.51.100.77"];

/** Sends from the distinctive address, through proxies that name others. */
async function sendFromAddress(url: string, init: object, body: string): Promise<number> {
  const message = request(url, {
    method: body === "" ? "GET" : "POST",
    ...SOURCE,
    headers: {
      ...(body === "" ? {} : { "content-type": "application/json" }),
      "x-forwarded-for": "203.0.113.77, 198.51.100.77",
      "x-real-ip": "203.0.113.77",
      forwarded: "for=203.0.113.77",
      ...init,
    },
  });
  message.end(body);
  const [response] = await once(message, "response");
  response.resume();
  return response.statusCode;
}

/** Every request that keeps something or fails: what is accepted, what is refused, what is logged. */
async function visit(collector: Collector, id: string): Promise<void> {
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
  ];
  for (const [path, headers, body, status] of sent)
    expect([path, await sendFromAddress(collector.url + path, headers, body)]).toEqual([
      path,
      status,
    ]);
}

test("no address of a visitor is on disk, in a table or in the log, and no key in the log", async () => {
  const folder = testFolder();
  const settings = { BALISE_LOG_LEVEL: "debug" };
  const first = await startCollector(folder, settings);
  const id = "0199a8c0-0000-7000-8000-00000000abcd";
  await visit(first, id);
  await first.end("SIGKILL");
  // What was acknowledged a moment ago is in the spool as plain text: the search would find it.
  expect(filesWith(join(folder, "data", "spool"), id)).not.toEqual([]);
  for (const address of ADDRESSES) expect(filesWith(folder, address)).toEqual([]);

  const second = await startCollector(folder, settings);
  onTestFinished(async () => void (await second.end("SIGKILL")));
  await accepted(second, [makeEvent({ userId: "marker-of-a-user" })]);
  const { embeddedPassword } = second.keys;
  const search = async (text: string): Promise<string[]> => {
    const tables = await sql<{ name: string }>(
      second,
      "SELECT name FROM system.tables WHERE database = 'balise' AND engine LIKE '%MergeTree'",
      "default",
      embeddedPassword,
    );
    expect(tables.length).toBeGreaterThan(5);
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await sql<{ rows: string }>(
        second,
        `SELECT toString(countIf(position(formatRow('JSONEachRow', *), '${text}') > 0)) AS rows FROM ${name}`,
        "default",
        embeddedPassword,
      );
      if (row?.rows !== "0") found.push(name);
    }
    return found;
  };
  await expect.poll(() => search("marker-of-a-user"), { timeout: 20_000 }).toContain("events");
  expect(await search(id)).toContain("events");
  expect(await search("no-uuid")).toEqual(["rejected_events"]);
  for (const address of ADDRESSES) expect(await search(address)).toEqual([]);

  expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
  const log = first.stderr() + second.stderr();
  expect(log).toContain("Server listening");
  for (const address of ADDRESSES) {
    expect(filesWith(folder, address)).toEqual([]);
    expect(log).not.toContain(address);
  }
  for (const key of Object.values(second.keys)) {
    expect(log).not.toContain(key);
    expect(second.stdout()).not.toContain(key);
  }
});

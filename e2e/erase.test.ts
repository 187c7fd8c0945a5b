import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { accepted, sql } from "./support/ask.js";
import { clickhousePid, type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { filesWith } from "./support/files.js";
import { testFolder } from "./support/folder.js";
import { balise } from "./support/run.js";

async function start(folder: string): Promise<Collector> {
  const collector = await startCollector(folder);
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  return collector;
}

const users = async (collector: Collector): Promise<string[]> =>
  (
    await sql<{ user_id: string }>(
      collector,
      "SELECT DISTINCT user_id FROM events ORDER BY user_id",
    )
  ).map((row) => row.user_id);

function ask(collector: Collector, path: string, body?: object): Promise<Response> {
  return fetch(`${collector.url}/v1/erase${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${collector.keys.secretKey}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function done(collector: Collector, requestId: string): Promise<void> {
  await vi.waitUntil(
    async () =>
      ((await (await ask(collector, `/${requestId}`)).json()) as { state: string }).state ===
      "done",
    { timeout: 90_000, interval: 100 },
  );
}

test("a person is erased although the collector and ClickHouse are killed in between, and no byte of the id is left", async () => {
  const folder = testFolder();
  const user = `user-${randomUUID()}`;
  const anonymousId = randomUUID();
  let collector = await start(folder);
  await accepted(collector, [
    makeEvent({ anonymousId }),
    makeEvent({ anonymousId, userId: user }),
    makeEvent({ userId: "someone else" }),
  ]);
  const response = await ask(collector, "", { userId: user });
  expect(response.status).toBe(202);
  const { requestId } = (await response.json()) as { requestId: string };
  await collector.end("SIGKILL");

  collector = await start(folder);
  await accepted(collector, [makeEvent({ userId: "late" })]);
  process.kill(clickhousePid(collector), "SIGKILL");
  await done(collector, requestId);
  await vi.waitUntil(async () => (await users(collector)).includes("late"), { timeout: 20_000 });
  expect(await users(collector)).toEqual(["late", "someone else"]);
  expect((await collector.end("SIGTERM")).code).toBe(0);

  expect(filesWith(folder, user)).toEqual([]);
  expect(filesWith(folder, anonymousId)).toEqual([]);
  expect(collector.stderr()).not.toContain(user);
  const audit = JSON.parse(readFileSync(join(folder, "data", "erasures.log"), "utf8")) as object;
  expect(audit).toMatchObject({ requestId, by: ["userId"], removed: { events: 2, identities: 1 } });
}, 120_000);

test("balise erase takes the id as it is written, waits for the end, and says what was removed", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  await accepted(collector, [makeEvent({ userId: "007" }), makeEvent({ userId: "7" })]);
  await vi.waitUntil(async () => (await users(collector)).length === 2, { timeout: 20_000 });
  const settings = { BALISE_SECRET_KEY: collector.keys.secretKey };
  const run = (...args: string[]): ReturnType<typeof balise> =>
    balise(["erase", ...args, "--url", collector.url], settings, folder);

  const erased = await run("--user", "007");
  expect(erased).toMatchObject({ code: 0 });
  expect(erased.stdout).toMatch(/^erased 1 of events, 1 of identities \(request [0-9a-f-]{36}\)$/m);
  expect(await users(collector)).toEqual(["7"]);

  expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining("--user") });
  const refused = await balise(
    ["erase", "--user", "7", "--url", collector.url, "--key", collector.keys.readKey],
    {},
    folder,
  );
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("not the secret key") });
}, 120_000);

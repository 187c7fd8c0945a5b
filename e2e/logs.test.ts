import { expect, onTestFinished, test } from "vitest";
import { accepted, postBatch } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";
import { sendRaw } from "./support/raw.js";

interface Line {
  msg: string;
  level: number;
  table?: string;
}

/** What visitors write, in every place where there is room for it. */
const WRITTEN = "marker-of-a-visitor";

async function failures(collector: Collector): Promise<number> {
  const text = await (await fetch(`${collector.url}/metrics`)).text();
  return Number(/^balise_insert_failures_total\{table="events"\} (\d+)/m.exec(text)?.[1]);
}

/** Everything that may be answered with an error, and everything that is kept. */
async function visit(collector: Collector): Promise<void> {
  const { writeKey, secretKey, readKey } = collector.keys;
  const page = { url: `https://shop.example/${WRITTEN}`, title: WRITTEN };
  const event = makeEvent({ userId: WRITTEN, page, properties: { [WRITTEN]: WRITTEN } });
  await accepted(collector, [event]);
  await postBatch(collector, [{ ...makeEvent(), id: WRITTEN }, WRITTEN, { [WRITTEN]: 1 }]);
  const post = (path: string, key: string, body: string): Promise<Response> =>
    fetch(collector.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    });
  await post("/v1/batch", "", `{"writeKey":"${writeKey}","events":[${WRITTEN}`);
  await post(`/v1/batch?k=${WRITTEN}`, "", "{}");
  await post("/v1/import", secretKey, `${JSON.stringify(event)}\n${WRITTEN}\n`);
  await post("/v1/query/funnel", readKey, JSON.stringify({ steps: [WRITTEN], windowSeconds: 60 }));
  await post("/v1/query/funnel", readKey, JSON.stringify({ steps: { [WRITTEN]: 1 } }));
  await fetch(`${collector.url}/v1/pixel.gif?k=${writeKey}&e=${WRITTEN}`);
  await fetch(`${collector.url}/${WRITTEN}`);
  await sendRaw(collector.url, `NONSENSE /${WRITTEN} HTTP/1.1\r\nContent-Length: x\r\n\r\n`);
}

test("the log of a ClickHouse that goes and comes is short, and tells nothing of visitors", async () => {
  const folder = testFolder();
  const first = await startCollector(folder);
  const { port } = new URL(first.store);
  const password = first.keys.embeddedPassword;
  // A collector whose ClickHouse is the other's, so that it goes away for good.
  const collector = await startCollector(testFolder(), {
    CLICKHOUSE_URL: first.store,
    CLICKHOUSE_PASSWORD: password,
    BALISE_LOG_LEVEL: "debug",
  });
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  const quiet = collector.stderr().split("\n").length;
  await visit(collector);
  expect(collector.stderr().split("\n")).toHaveLength(quiet);

  await first.end("SIGTERM");
  await visit(collector);
  await expect.poll(() => failures(collector), { timeout: 25_000 }).toBeGreaterThan(3);
  const again = await startCollector(folder, { BALISE_EMBEDDED_PORT: port });
  onTestFinished(async () => void (await again.end("SIGKILL")));
  const lines = (): Line[] =>
    collector
      .stderr()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line);
  const told = (msg: string): Line[] =>
    lines().filter((line) => line.table === "events" && line.msg === msg);
  const back = "inserts succeed again";
  await expect.poll(() => told(back), { timeout: 25_000 }).toMatchObject([{ level: 30 }]);
  const failed = told("an insert failed; it will be repeated");
  expect(failed[0]).toMatchObject({ level: 40, retryMs: expect.any(Number) });
  expect(failed.length).toBeLessThan(4);
  expect(await collector.end("SIGTERM")).toEqual({ code: 0, signal: null });

  const log = collector.stderr();
  expect(log).not.toContain(WRITTEN);
  for (const key of [...Object.values(collector.keys), password]) expect(log).not.toContain(key);
  const addresses = lines().filter((line) => JSON.stringify(line).includes("127.0.0.1"));
  expect(addresses.map(({ msg }) => msg)).toEqual([expect.stringContaining("Server listening at")]);
}, 90_000);

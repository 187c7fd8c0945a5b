import { join } from "node:path";
import type { Event } from "@balise/schema";
import { expect, onTestFinished, test } from "vitest";
import { accepted, postBatch, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { filesWith } from "./support/files.js";
import { testFolder } from "./support/folder.js";

const EMAIL = "jean.dupont@mail.example";
const PHONE = "06 12 34 56 78";
const IBAN = "FR76 3000 6000 0112 3456 7890 189";
const CARD = "4111 1111 1111 1111";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N";
const SECRETS = [EMAIL, "dupont", PHONE, IBAN, CARD, JWT, "hunter2-hunter2", "click-value"];

const TEXT = `${EMAIL}, ${PHONE}, ${IBAN}, ${CARD}, ${JWT}`;
const LEFT = "[email], [phone], [iban], [card], [token]";
const ADDRESS = `https://shop.example/u/${EMAIL}?token=hunter2-hunter2&gclid=click-value&sort=up&utm_source=${EMAIL}#${PHONE}`;

const PERSONAL: Partial<Event> = {
  page: { url: ADDRESS, referrer: ADDRESS, title: TEXT, name: TEXT },
  campaign: { source: EMAIL, content: CARD },
  properties: { note: TEXT, list: [TEXT, { deep: TEXT }], link: ADDRESS, [EMAIL]: 1 },
  traits: { contact: EMAIL },
  feedback: {
    surveyId: "s",
    kind: "relational",
    responseId: "0199a8c0-0000-7000-8000-000000000001",
    questionId: "q",
    metric: "text",
    choice: PHONE,
    text: TEXT,
  },
  contact: { contactId: "c", reason: TEXT },
};

/** Every door, with what is accepted and what is refused there, whole or cut short. */
async function visit(collector: Collector): Promise<void> {
  const { writeKey, secretKey } = collector.keys;
  await accepted(collector, [makeEvent({ ...PERSONAL, userId: "by-batch" })]);
  await accepted(collector, [
    makeEvent({ page: { url: ADDRESS, title: TEXT }, properties: { note: EMAIL } }),
  ]);
  const refused = [
    { ...makeEvent(PERSONAL), id: EMAIL },
    { ...makeEvent(PERSONAL), value: TEXT },
    { ...makeEvent(), channel: `${"x".repeat(45)}${EMAIL}` },
    TEXT,
  ];
  expect(await (await postBatch(collector, refused)).json()).toMatchObject({ accepted: 0 });

  const escaped = JSON.stringify(makeEvent(PERSONAL)).replaceAll("@", "\\u0040");
  const lines = [
    JSON.stringify(makeEvent({ ...PERSONAL, userId: "by-import" })),
    escaped.replaceAll("/", "\\/").slice(0, -1),
    `not json: \\n${PHONE} ${ADDRESS}`,
  ];
  const imported = await fetch(`${collector.url}/v1/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/x-ndjson" },
    body: lines.join("\n"),
  });
  expect(await imported.json()).toMatchObject({ accepted: 1, rejectedCount: 2 });

  const event = JSON.stringify(makeEvent({ ...PERSONAL, userId: "by-pixel" }));
  const e = Buffer.from(event).toString("base64url");
  expect((await fetch(`${collector.url}/v1/pixel.gif?k=${writeKey}&e=${e}`)).status).toBe(200);
}

/** The tables with a row that holds one of the texts. */
async function tablesWith(collector: Collector, texts: readonly string[]): Promise<string[]> {
  const ask = <Row>(query: string): Promise<Row[]> =>
    sql<Row>(collector, query, "default", collector.keys.embeddedPassword);
  const tables = await ask<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'balise' AND engine LIKE '%MergeTree'",
  );
  expect(tables.length).toBeGreaterThan(5);
  const list = texts.map((text) => `'${text}'`).join(",");
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await ask<{ rows: string }>(
      `SELECT toString(countIf(multiSearchAny(formatRow('JSONEachRow', *), [${list}]))) AS rows FROM ${name}`,
    );
    if (row?.rows !== "0") found.push(name);
  }
  return found;
}

test("personal data in texts and addresses is in no table, in no file and in no log, by whatever door", async () => {
  const folder = testFolder();
  const settings = { BALISE_LOG_LEVEL: "debug" };
  const first = await startCollector(folder, settings);
  await visit(first);
  await first.end("SIGKILL");
  const spool = join(folder, "data", "spool");
  for (const text of ["by-batch", "by-import", "by-pixel", "[email]"])
    expect(filesWith(spool, text)).not.toEqual([]);
  for (const secret of SECRETS) expect([secret, filesWith(folder, secret)]).toEqual([secret, []]);

  const second = await startCollector(folder, settings);
  onTestFinished(async () => void (await second.end("SIGKILL")));
  const count = async (): Promise<string | undefined> =>
    (await sql<{ n: string }>(second, "SELECT toString(count()) AS n FROM rejected_events"))[0]?.n;
  await expect.poll(count, { timeout: 20_000 }).toBe("6");
  await expect
    .poll(() => tablesWith(second, ["by-pixel"]), { timeout: 20_000 })
    .toContain("events");
  expect(await tablesWith(second, SECRETS)).toEqual([]);
  expect(await tablesWith(second, ["[email]"])).toEqual(
    expect.arrayContaining(["events", "feedback", "contacts", "rejected_events"]),
  );
  const stored = await sql(
    second,
    `SELECT page_url, page_path, page_title, acquisition_channel, toString(properties.note) AS note,
       toString(properties.link) AS link, campaign_source
     FROM events FINAL WHERE user_id = 'by-batch'`,
  );
  expect(stored).toEqual([
    {
      page_url: "https://shop.example/u/[email]?utm_source=[email]",
      page_path: "/u/[email]",
      page_title: LEFT,
      acquisition_channel: "other",
      note: LEFT,
      link: "https://shop.example/u/[email]?utm_source=[email]",
      campaign_source: "[email]",
    },
  ]);
  const [answer] = await sql(
    second,
    "SELECT choice, text FROM feedback FINAL WHERE user_id = 'by-import'",
  );
  expect(answer).toEqual({ choice: "[phone]", text: LEFT });

  expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
  const log = first.stderr() + second.stderr() + first.stdout() + second.stdout();
  for (const secret of SECRETS) {
    expect([secret, filesWith(folder, secret)]).toEqual([secret, []]);
    expect(log).not.toContain(secret);
  }
});

test("an operator lets query parameters and properties pass", async () => {
  const collector = await startCollector(testFolder(), {
    BALISE_QUERY_PARAMETERS: "sort,token",
    BALISE_UNSCRUBBED_PROPERTIES: "note,contact",
  });
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  await accepted(collector, [makeEvent(PERSONAL)]);
  const stored = (): Promise<unknown[]> =>
    sql(
      collector,
      `SELECT page_url, toString(properties.note) AS note, toString(properties.link) AS link,
         traits.contact AS contact FROM events FINAL`,
    );
  const left = "https://shop.example/u/[email]?token=hunter2-hunter2&sort=up&utm_source=[email]";
  await expect
    .poll(stored, { timeout: 20_000 })
    .toEqual([{ page_url: left, note: TEXT, link: left, contact: EMAIL }]);
});

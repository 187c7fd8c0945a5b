import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import fc from "fast-check";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Drain } from "../ingest/drain.js";
import { createAccept } from "../ingest/accept.js";
import type { Origin } from "../ingest/origin.js";
import { Spool } from "../ingest/spool.js";
import { NO_VISITOR } from "../ingest/visitor.js";
import type { Site } from "../sites.js";
import { createStoreClient } from "../store/client.js";
import { ERASE_SETTINGS, type Person, personTables } from "../store/erase/index.js";
import { storeInsert } from "../store/insert.js";
import { rowsOf } from "../store/rows.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { until } from "../testing/until.js";
import { Eraser } from "./eraser.js";
import { openAudit } from "./audit.js";
import { openJournal } from "./journal.js";
import type { Erasure, ErasureStatus } from "./erasure.js";

const log = pino({ level: "silent" });
const TABLES = [
  "events",
  "feedback",
  "contacts",
  "customers",
  "identities",
  "rejected_events",
  "follow_up_steps",
];

let store: TestStore;
let client: ClickHouseClient;
let eraseClient: ClickHouseClient;
let dataDir: string;
let spool: Spool;
let drain: Drain;
let eraser: Eraser;

beforeAll(async () => {
  store = await openTestStore();
  ({ client } = store);
  eraseClient = createStoreClient(store.address, ERASE_SETTINGS);
});
afterAll(async () => {
  await eraseClient.close();
  await store.close();
});
beforeEach(async () => {
  for (const table of TABLES) await client.command({ query: `TRUNCATE TABLE ${table}` });
  dataDir = mkdtempSync(join(tmpdir(), "balise-erase-"));
  spool = await Spool.open({ dir: join(dataDir, "spool"), maxBytes: 1 << 28 });
  drain = new Drain({ spool, insert: storeInsert(client), log, interval: 5 });
  eraser = await openEraser();
});
afterEach(async () => {
  await eraser.stop();
  await drain.stop();
  await spool.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const openEraser = (): Promise<Eraser> =>
  Eraser.open({ dataDir, spool, client: eraseClient, log, pause: 5 });

const site = (id: string): Site => ({
  id,
  writeKey: "w",
  secretKey: "s",
  readKey: "r",
  origins: [],
});

interface Sent {
  site?: string;
  user?: string | undefined;
  device?: string | undefined;
  fields?: object;
}

const originOf = (id: string): Origin => ({
  site: site(id),
  source: "batch",
  defaultChannel: "web",
  visitor: NO_VISITOR,
});

/** An event as the tag would send it. */
const eventFor = ({ user, device, fields }: Sent): object => ({
  id: randomUUID(),
  name: "page_view",
  occurredAt: Date.now(),
  ...(user === undefined ? {} : { userId: user }),
  ...(device === undefined ? {} : { anonymousId: device }),
  ...fields,
});

/** Sends the events through the front door, one a request. */
async function send(...events: Sent[]): Promise<void> {
  const accept = createAccept(spool);
  for (const sent of events) await accept(originOf(sent.site ?? "shop"), [eventFor(sent)]);
}

async function stored(): Promise<void> {
  drain.start();
  await spool.freeze();
  await until(() => spool.bytes === 0);
}

async function erase(person: Person, siteId = "shop"): Promise<ErasureStatus> {
  const { requestId } = await eraser.request(siteId, person);
  eraser.start();
  return done(requestId, siteId);
}

async function done(requestId: string, siteId = "shop"): Promise<ErasureStatus> {
  let status: ErasureStatus | undefined;
  await until(async () => {
    status = await eraser.find(siteId, requestId);
    return status?.state === "done";
  }, 60_000);
  if (status === undefined) throw new Error("no such request");
  return status;
}

/** Every row of the tables as text. */
async function everything(): Promise<string[]> {
  const texts: string[] = [];
  for (const table of TABLES) {
    const final = table === "rejected_events" ? "" : "FINAL";
    const rows = await rowsOf<object>(client, `SELECT * FROM ${table} ${final}`);
    texts.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`));
  }
  return texts.toSorted();
}

/** The files of which the bytes hold the text; ClickHouse removes and renames files meanwhile. */
const filesWith = (folder: string, text: string): string[] =>
  filesIn(folder).filter((path) =>
    unlessGone(() => readFileSync(path), Buffer.alloc(0)).includes(text),
  );

const filesIn = (folder: string): string[] =>
  unlessGone(() => readdirSync(folder, { withFileTypes: true }), []).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });

function unlessGone<Content>(read: () => Content, gone: Content): Content {
  try {
    return read();
  } catch {
    return gone;
  }
}

/** An erasure of which a crash let the line be written and the request stay. */
const lost: Erasure = {
  requestId: "",
  siteId: "shop",
  requestedAt: 0,
  by: ["userId"],
  removed: {},
  damagedFiles: 0,
};

const feedback = {
  surveyId: "s1",
  kind: "relational",
  responseId: randomUUID(),
  questionId: "q1",
  metric: "nps",
  score: 0,
};

describe("an erasure", () => {
  it("removes a person from every table, from the spool and from the disk, and leaves an audit line", async () => {
    const [device, other] = [randomUUID(), randomUUID()];
    const kept = { ...feedback, responseId: randomUUID() };
    await send(
      { device },
      { device, user: "user-to-erase" },
      { user: "user-to-erase", fields: { feedback } },
      { user: "user-to-erase", fields: { contact: { contactId: "c1", reason: "order" } } },
      { user: "user-to-erase", fields: { occurredAt: "never" } },
      { device: other, user: "user-to-erase-2", fields: { feedback: kept } },
    );
    const customers = ["user-to-erase", "user-to-erase-2"];
    await createAccept(spool)(
      { ...originOf("shop"), source: "import" },
      customers.map((userId) => ({ type: "customer", userId })),
    );
    await createAccept(spool)(
      { ...originOf("shop"), source: "import" },
      [feedback.responseId, kept.responseId].map((responseId) => ({
        type: "follow_up",
        id: randomUUID(),
        responseId,
        changedAt: Date.now(),
        status: "resolved",
      })),
    );
    await stored();
    const status = await erase({ userId: "user-to-erase" });
    expect(status.removed).toEqual({
      contacts: 1,
      customers: 1,
      events: 4,
      feedback: 1,
      follow_up_steps: 1,
      identities: 1,
      rejected_events: 1,
    });
    const left = await everything();
    const names = ['user-to-erase"', device, feedback.responseId];
    expect(left.filter((row) => names.some((name) => row.includes(name)))).toEqual([]);
    expect(left.map((row) => row.split(" ")[0])).toEqual([
      "customers",
      "events",
      "feedback",
      "follow_up_steps",
      "identities",
    ]);
    expect(filesWith(dataDir, 'user-to-erase"')).toEqual([]);
    const audit = readFileSync(join(dataDir, "erasures.log"), "utf8");
    expect(JSON.parse(audit)).toMatchObject({
      site: "shop",
      by: ["userId"],
      removed: status.removed,
    });
    expect(audit).not.toContain("user-to-erase");
    expect(statSync(join(dataDir, "erasures.log")).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dataDir, "erasures"))).toEqual([]);
  });

  it("leaves no bytes of the id in the folder of the embedded ClickHouse", async () => {
    if (store.folder === undefined) return;
    const [user, device] = ["user-ZQ81-on-disk", randomUUID()];
    await send(
      { device },
      { device, user },
      { user, fields: { occurredAt: "never" } },
      { user: "b" },
    );
    await stored();
    expect(filesWith(store.folder, user)).not.toEqual([]);
    await erase({ userId: user });
    // The last part is unlisted a moment before its files are gone.
    const { folder } = store;
    await until(() => filesWith(folder, user).length + filesWith(folder, device).length === 0);
  });

  it("takes what waits in the spool while it is asked for", async () => {
    await send({ user: "waiting" }, { user: "staying" });
    const { requestId } = await eraser.request("shop", { userId: "waiting" });
    eraser.start();
    for (let look = 0; look < 30; look++) {
      expect(await eraser.find("shop", requestId)).toMatchObject({ state: "waiting" });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    drain.start();
    expect((await done(requestId)).removed).toMatchObject({ events: 1 });
    expect(await everything()).toEqual([expect.stringContaining("staying")]);
  });

  it("keeps what is received after it: the same id is a new person", async () => {
    const device = randomUUID();
    await send({ device, user: "back" });
    const { requestId, requestedAt } = await eraser.request("shop", { userId: "back" });
    await until(() => Date.now() > Date.parse(requestedAt));
    await send({ device, user: "back", fields: { name: "returned" } });
    eraser.start();
    drain.start();
    await done(requestId);
    await stored();
    const left = await everything();
    expect(left.filter((row) => row.startsWith("events"))).toEqual([
      expect.stringContaining("returned"),
    ]);
  });

  it("lets the link of a person who comes back be written again", async () => {
    const [device, accept] = [randomUUID(), createAccept(spool)];
    eraser.onErase(accept.forgetLinks);
    await accept(originOf("shop"), [eventFor({ user: "linked", device })]);
    await stored();
    expect((await erase({ userId: "linked" })).removed).toMatchObject({ identities: 1 });
    await accept(originOf("shop"), [eventFor({ user: "linked", device })]);
    await stored();
    expect((await everything()).map((row) => row.split(" ")[0])).toEqual(["events", "identities"]);
  });

  it("tells how much is left, and goes on when somebody kills the mutation", async () => {
    await send({ user: "stubborn" });
    await stored();
    await client.command({ query: "SYSTEM STOP MERGES events" });
    const { requestId } = await eraser.request("shop", { userId: "stubborn" });
    eraser.start();
    await until(async () => (await eraser.find("shop", requestId))?.partsLeft === 1);
    await client.command({
      query: "KILL MUTATION WHERE database = currentDatabase() AND table = 'events'",
    });
    await client.command({ query: "SYSTEM START MERGES events" });
    expect((await done(requestId)).removed).toMatchObject({ events: 1 });
    expect(await everything()).toEqual([]);
  });

  it("takes what was received before the clock was set back", async () => {
    const ahead = createAccept(spool, () => Date.now() + 3_600_000);
    await ahead(originOf("shop"), [eventFor({ user: "ahead" })]);
    await stored();
    expect((await erase({ userId: "ahead" })).removed).toMatchObject({ events: 1 });
  });

  it("covers a table that a later version adds", async () => {
    await client.command({
      query:
        "CREATE TABLE later (site_id String, user_id String, note String) ENGINE = MergeTree ORDER BY site_id",
    });
    try {
      await client.insert({
        table: "later",
        values: ["a", "b"].map((user_id) => ({ site_id: "shop", user_id })),
        format: "JSONEachRow",
      });
      expect((await erase({ userId: "a" })).removed).toMatchObject({ later: 1 });
      expect(await rowsOf(client, "SELECT user_id FROM later")).toEqual([{ user_id: "b" }]);
    } finally {
      await client.command({ query: "DROP TABLE later SYNC" });
    }
  });

  it("leaves out the tables alone that hold nobody", async () => {
    const all = await rowsOf<{ name: string }>(
      client,
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'",
    );
    const covered = new Set((await personTables(client)).map(({ name }) => name));
    const left = all.map(({ name }) => name).filter((name) => !covered.has(name));
    expect(left.toSorted()).toEqual(["annotations", "costs", "schema_migrations", "survey_plans"]);
  });

  it("removes the files of harmed segments that hold the id", async () => {
    writeFileSync(join(dataDir, "spool", "1.damaged"), 'x"user_id":"harmed"x');
    writeFileSync(join(dataDir, "spool", "2.damaged"), "of others");
    await erase({ userId: "harmed" });
    expect(readdirSync(join(dataDir, "spool")).filter((file) => file.endsWith(".damaged"))).toEqual(
      ["2.damaged"],
    );
    expect(readFileSync(join(dataDir, "erasures.log"), "utf8")).toContain('"damagedFiles":1');
  });

  it("goes on where another process left it, and counts what was there at first", async () => {
    await send({ user: "resumed", device: randomUUID() }, { user: "resumed" });
    await stored();
    const { requestId } = await eraser.request("shop", { userId: "resumed" });
    eraser = await openEraser();
    eraser.start();
    expect((await done(requestId)).removed).toMatchObject({ events: 2, identities: 1 });
    await openAudit(dataDir).add({ ...lost, requestId }, Date.now());
    expect(readFileSync(join(dataDir, "erasures.log"), "utf8").match(/\n/g)).toHaveLength(1);
    eraser = await openEraser();
    expect(await eraser.find("shop", requestId)).toMatchObject({ state: "done" });
    expect(await eraser.find("other", requestId)).toBeUndefined();
  });

  it("keeps the counts of a try that was cut short", async () => {
    await send({ user: "halfway" });
    await stored();
    const requestId = randomUUID();
    const { requestedAt, person } = { requestedAt: Date.now(), person: { userId: "halfway" } };
    await (
      await openJournal(dataDir)
    ).keep({ ...lost, requestId, requestedAt, person, removed: { events: 5 } });
    eraser = await openEraser();
    eraser.start();
    expect((await done(requestId)).removed).toMatchObject({ events: 5, feedback: 0 });
    expect(await everything()).toEqual([]);
  });

  it("of a shared device takes what was done without a user from its first user alone", async () => {
    const [device, now] = [randomUUID(), Date.now()];
    await send(
      { device, fields: { name: "nobody_yet" } },
      { device, user: "zoe", fields: { occurredAt: now - 2000 } },
      { device, user: "ada", fields: { occurredAt: now - 1000 } },
    );
    await stored();
    expect((await erase({ userId: "ada" })).removed).toMatchObject({ events: 1, identities: 1 });
    expect((await erase({ userId: "zoe" })).removed).toMatchObject({ events: 2, identities: 1 });
  });

  it("of a device takes what it did without a user, and its links", async () => {
    const device = randomUUID();
    await send({ device }, { device, user: "kept" });
    await stored();
    expect((await erase({ anonymousId: device })).removed).toMatchObject({
      events: 1,
      identities: 1,
    });
    expect(await everything()).toEqual([expect.stringContaining("kept")]);
  });

  it("finds ids that need escapes, whole ones only", async () => {
    const odd = 'ö"\\(4)* %_';
    await send(
      { user: odd },
      { user: odd, fields: { occurredAt: "never" } },
      { user: "42", fields: { occurredAt: "never" } },
    );
    await stored();
    expect((await erase({ userId: odd })).removed).toMatchObject({ events: 1, rejected_events: 1 });
    expect((await erase({ userId: "4" })).removed).toMatchObject({ rejected_events: 0 });
    expect(await everything()).toEqual([expect.stringContaining("42")]);
  });

  it("waits while ClickHouse is away, and is done when it is back", async () => {
    const gone = createStoreClient({ ...store.address, url: "http://127.0.0.1:9" });
    await send({ user: "patient" });
    await stored();
    const away = await Eraser.open({ dataDir, spool, client: gone, log, pause: 5 });
    const { requestId } = await away.request("shop", { userId: "patient" });
    away.start();
    await until(async () => (await away.find("shop", requestId))?.problem !== undefined);
    await away.stop();
    await gone.close();
    eraser = await openEraser();
    eraser.start();
    expect((await done(requestId)).removed).toMatchObject({ events: 1 });
  });
});

describe("of any history", () => {
  const users = ["ada", "bob", undefined];
  const devices = [randomUUID(), randomUUID(), randomUUID()];
  const history = fc.array(
    fc.record({
      site: fc.constantFrom("shop", "other"),
      user: fc.constantFrom(...users),
      device: fc.constantFrom(...devices, undefined),
      at: fc.nat(20),
      kind: fc.constantFrom("event", "feedback", "contact", "rejected"),
    }),
    { minLength: 1, maxLength: 25 },
  );

  it("exactly the rows of the person are erased", async () => {
    eraser.start();
    drain.start();
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        for (const table of TABLES) await client.command({ query: `TRUNCATE TABLE ${table}` });
        const start = Date.now() - 1_000_000;
        await send(...steps.map((step) => eventOf(step, start + step.at * 1000)));
        await stored();
        const before = await everything();
        await erase({ userId: "ada" });
        const after = await everything();
        expect(after).toEqual(before.filter((row) => !isAdas(row, steps)));
      }),
      { numRuns: 8 },
    );
  });

  interface Step {
    site: string;
    user: string | undefined;
    device: string | undefined;
    /** Seconds after the start. */
    at: number;
    kind: string;
  }

  function eventOf({ kind, at: _at, ...who }: Step, occurredAt: number): Sent {
    const extra = {
      event: {},
      feedback: { feedback },
      contact: { contact: { contactId: "c", reason: "r" } },
      rejected: { occurredAt: "never" },
    }[kind];
    return { ...who, fields: { occurredAt, ...extra } };
  }

  /** The product's definition, told again in another way. */
  function isAdas(text: string, steps: readonly Step[]): boolean {
    const place = text.indexOf(" ");
    const row = JSON.parse(text.slice(place + 1));
    if (row.site_id !== "shop") return false;
    const ownerOf = (device: string): string | undefined =>
      steps
        .filter((step) => step.site === "shop" && step.device === device)
        .filter((step) => step.user !== undefined && step.kind !== "rejected")
        .map(({ at, user }) => `${String(at).padStart(2, "0")} ${user}`)
        .toSorted()[0]
        ?.split(" ")[1];
    if (text.startsWith("rejected_events")) {
      const adas = devices.filter((device) => ownerOf(device) === "ada");
      return ['"ada"', ...adas].some((id) => row.body.includes(id));
    }
    if (row.user_id !== "") return row.user_id === "ada";
    return ownerOf(row.anonymous_id) === "ada";
  }
});

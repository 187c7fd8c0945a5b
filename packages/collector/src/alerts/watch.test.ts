/** The watch against a real receiver; its clock is the test's. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUERIES } from "../query/registry.js";
import { until } from "../testing/until.js";
import { checkRules, ruleFileSchema } from "./rules.js";
import { statePath } from "./state.js";
import { openReceiver, type Receiver, verified } from "./testing/receiver.js";
import { Watch, type WatchOptions } from "./watch.js";
import { webhookSecretSchema, webhookUrlSchema } from "./webhook.js";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const rules = checkRules(
  ruleFileSchema.parse({
    rules: [
      {
        name: "fewer visits",
        question: "sessions_summary",
        measure: "sessions",
        direction: "down",
        window: "1h",
        baseline: "1d",
        coolDown: "6h",
      },
    ],
  }),
  (name) => QUERIES.get(name),
);

let dataDir: string;
let receiver: Receiver;
let now: number;
let log: string[];
let watches: Watch[];
/** Sessions of an hour, the latest and any before. */
let sessions: { latest: number; before: number };

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "balise-watch-"));
  receiver = await openReceiver();
  // Signatures are checked against the real time as well.
  now = Date.now();
  log = [];
  watches = [];
  sessions = { latest: 0, before: 500 };
});
afterEach(async () => {
  for (const watch of watches) await watch.stop();
  await receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(more: Partial<WatchOptions> = {}): Promise<Watch> {
  const watch = await Watch.open({
    dataDir,
    rules,
    sites: ["shop"],
    webhook: { url: receiver.url, secret: SECRET },
    interval: MINUTE,
    ask:
      () =>
      async (_question, { from, to }) => {
        const hours = (Date.parse(String(to)) - Date.parse(String(from))) / HOUR;
        return [{ sessions: hours === 1 ? sessions.latest : sessions.before * hours }];
      },
    log: pino({}, { write: (line) => log.push(line) }),
    now: () => now,
    ...more,
  });
  watches.push(watch);
  return watch;
}

const ids = (): (string | undefined)[] =>
  receiver.received.map(({ headers }) => headers["webhook-id"]);

describe("an alert", () => {
  it("tells all of it, signed and timed as Standard Webhooks has it", async () => {
    const watch = await open();
    await watch.look();
    await watch.send();
    const [sent] = receiver.received;
    if (sent === undefined) throw new Error("nothing was sent");
    expect(verified(SECRET, sent)).toMatchObject({
      type: "balise.alert",
      timestamp: new Date(now).toISOString(),
      data: {
        site: "shop",
        rule: "fewer visits",
        measure: "sessions",
        value: 0,
        baseline: 500,
        baselineN: 12_000,
        difference: -500,
        text: expect.stringMatching(/^fewer visits \(shop\): sessions is 0 \(n 0\) after 500/),
      },
    });
    expect(() => verified(SECRET, { ...sent, body: `${sent.body} ` })).toThrow("signature");
    const headers = { ...sent.headers, "webhook-id": "other" };
    expect(() => verified(SECRET, { ...sent, headers })).toThrow("signature");
    expect(watch.counts).toMatchObject({ told: 1, sent: 1, failedTries: 0 });
    expect(watch.waiting).toEqual([]);
  });

  it("is told once until its rule has cooled down, also after a restart", async () => {
    const first = await open();
    await first.look();
    now += 5 * HOUR;
    await first.look();
    expect(first.counts.told).toBe(1);
    await first.stop();
    const second = await open();
    await second.look();
    expect(second.counts.told).toBe(0);
    now += HOUR;
    await second.look();
    expect(second.counts.told).toBe(1);
    await second.send();
    expect(new Set(ids()).size).toBe(2);
  });

  it("is not told where nothing changed, and looks are counted", async () => {
    sessions.latest = 500;
    const watch = await open();
    expect(watch.lookedAt).toBe(0);
    await watch.look();
    expect([watch.counts.told, watch.lookedAt]).toEqual([0, now]);
  });

  it("is told for each site that its rule watches", async () => {
    const [rule] = rules;
    if (rule === undefined) throw new Error("no rule");
    const watch = await open({
      sites: ["shop", "help"],
      rules: [rule, { ...rule, name: "of one", site: "help" }],
    });
    await watch.look();
    const told = watch.waiting.map(({ alert }) => `${alert.data.rule} ${alert.data.site}`);
    expect(told).toEqual(["fewer visits shop", "fewer visits help", "of one help"]);
  });
});

describe("a receiver that is ill", () => {
  it("is asked again ever more rarely, with the same id and content", async () => {
    receiver.answer = 500;
    const watch = await open();
    await watch.look();
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      await watch.send();
      const [waiting] = watch.waiting;
      const wait = (waiting?.nextAt ?? 0) - now;
      waits.push(wait / 1000);
      now += wait - 1;
      await watch.send();
      now += 1;
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
    receiver.answer = 204;
    await watch.send();
    expect(ids()).toHaveLength(13);
    expect(new Set(ids()).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(watch.counts).toMatchObject({ sent: 1, failedTries: 12, givenUp: 0 });
  });

  it("is not followed to where it redirects", async () => {
    const elsewhere = await openReceiver();
    receiver.answer = 307;
    receiver.headers = { location: elsewhere.url };
    const watch = await open();
    await watch.look();
    await watch.send();
    await elsewhere.close();
    expect(elsewhere.received).toEqual([]);
    expect(watch.waiting).toHaveLength(1);
    expect(log.join("")).toContain("the receiver answered 307");
  });

  it("does not keep alerts for ever, and the log tells which", async () => {
    receiver.answer = 500;
    const watch = await open();
    await watch.look();
    now += 7 * 24 * HOUR + 1;
    await watch.send();
    expect(watch.waiting).toEqual([]);
    expect(watch.counts).toMatchObject({ givenUp: 1 });
    expect(log.join("")).toContain("an alert was given up");
  });

  it("does not keep more than a thousand", async () => {
    const [rule] = rules;
    if (rule === undefined) throw new Error("no rule");
    const alert = async (): Promise<unknown> => {
      const watch = await open();
      await watch.look();
      return watch.waiting[0];
    };
    const one = await alert();
    writeFileSync(
      statePath(dataDir),
      JSON.stringify({ fired: {}, waiting: Array.from({ length: 1000 }, () => one) }),
    );
    const full = await open();
    await full.look();
    expect(full.waiting).toHaveLength(1000);
    expect(full.counts).toMatchObject({ told: 1, givenUp: 1 });
  });

  it("keeps its address and the secret out of the log and the file", async () => {
    const watch = await open();
    await watch.look();
    await receiver.close();
    await watch.send();
    receiver = await openReceiver();
    const written = log.join("") + readFileSync(statePath(dataDir), "utf8");
    expect(written).toContain("no connection (ECONNREFUSED)");
    for (const secret of [SECRET, SECRET.slice(6), "/hook"]) expect(written).not.toContain(secret);
  });
});

describe("a process that ends", () => {
  it("sends after its restart what it had not sent, with the same id", async () => {
    receiver.answer = "never";
    const first = await open();
    await first.look();
    first.start();
    await until(() => receiver.received.length === 1);
    await first.stop();
    expect(log.join("")).not.toContain("could not be sent");
    receiver.answer = 200;
    const second = await open();
    second.start();
    await until(() => second.counts.sent === 1);
    expect(new Set(ids()).size).toBe(1);
    expect(ids()).toHaveLength(2);
  });

  it("never lost an alert that its cool-down remembers", async () => {
    const watch = await open({ dataDir: join(dataDir, "gone") });
    await watch.look();
    expect(watch.counts).toMatchObject({ told: 0, failedLooks: 1 });
    expect(watch.waiting).toEqual([]);
  });

  it("does not start with a file that is damaged", async () => {
    writeFileSync(statePath(dataDir), '{"fired": {');
    await expect(open()).rejects.toThrow(/alerts.json is damaged/);
  });
});

it("a rule that cannot be asked keeps no other from being asked, and is told once", async () => {
  const [rule] = rules;
  if (rule === undefined) throw new Error("no rule");
  let broken = true;
  const watch = await open({
    sites: ["ill", "shop"],
    ask: (site) => async () => {
      if (site === "ill" && broken) throw new Error("no ClickHouse");
      return [{ sessions: 0 }];
    },
  });
  await watch.look();
  await watch.look();
  expect(watch.counts.failedLooks).toBe(2);
  expect(watch.lookedAt).toBe(0);
  expect(log.filter((line) => line.includes("could not be asked"))).toHaveLength(1);
  broken = false;
  await watch.look();
  expect(watch.lookedAt).toBe(now);
});

it.each([
  ["https://hooks.example/x?y", true],
  ["http://127.0.0.1:8080/hook", true],
  ["http://localhost/hook", true],
  ["http://[::1]:9/hook", true],
  ["http://2130706433/", true],
  ["http://hooks.example/x", false],
  ["http://169.254.169.254/latest/meta-data", false],
  ["http://127.0.0.1.example/", false],
  ["http://localhost.example/", false],
  ["http://10.0.0.1/", false],
  ["http://0.0.0.0/", false],
  ["https://user:secret@hooks.example/", false],
  ["file:///etc/passwd", false],
  ["ftp://127.0.0.1/", false],
  ["hooks.example", false],
])("the address %s may be told: %s", (url, allowed) => {
  expect(webhookUrlSchema.safeParse(url).success).toBe(allowed);
});

it("a secret has the form and length of Standard Webhooks", () => {
  expect(webhookSecretSchema.safeParse(SECRET).success).toBe(true);
  for (const secret of ["", "secret", SECRET.slice(6), "whsec_", "whsec_c2hvcnQ=", `${SECRET}!`]) {
    expect(webhookSecretSchema.safeParse(secret).success).toBe(false);
  }
});

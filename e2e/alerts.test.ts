/** Alerts from the events to the receiver: told once, kept over kills, and what they would have told. */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import {
  openReceiver,
  type Receiver,
  verified,
} from "../packages/collector/dist/alerts/testing/receiver.js";
import { until } from "../packages/collector/dist/testing/until.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";
import { balise, type Ended } from "./support/run.js";

const HOUR = 3_600_000;
const NOW = Date.now();
const SECRET = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;

const RULES = {
  rules: [
    {
      name: "bounces up",
      question: "sessions_summary",
      measure: "bounceRate",
      direction: "up",
      window: "3h",
      baseline: "1d",
      delay: "0s",
      minimum: 20,
      coolDown: "1d",
    },
    {
      name: "longer visits",
      question: "sessions_summary",
      measure: "pagesPerSession",
      direction: "up",
      window: "3h",
      baseline: "1d",
      delay: "0s",
      minimum: 20,
    },
  ],
};

const TARGETS = {
  targets: [
    {
      name: "Few bounces",
      question: "sessions_summary",
      measure: "bounceRate",
      target: 0.3,
      better: "lower",
    },
  ],
};

/** Ten visits an hour: two bounces of them, until three hours ago, and eight of them since. */
const events = Array.from({ length: 30 }, (_, hour) => hour).flatMap((hour) =>
  Array.from({ length: 10 }, (_visit, n) => n).flatMap((n) => {
    // None lies so near the end of a window that the time a test takes moves it out.
    const start = NOW - (hour + 1) * HOUR + n * 60_000 + 300_000;
    const visitor = { anonymousId: randomUUID(), sessionId: randomUUID() };
    const view = (offset: number): object => ({
      id: randomUUID(),
      name: "page_view",
      occurredAt: start + offset,
      ...visitor,
    });
    const bounces = n < (hour < 3 ? 8 : 2);
    return bounces ? [view(0)] : [view(0), view(5000)];
  }),
);

const readySchema = z.object({ spool: z.object({ bytes: z.number() }) });

const folder = makeFolder();
const rules = join(folder.path, "balise.alerts.json");
const targets = join(folder.path, "balise.targets.json");
let receiver: Receiver;
let settings: Record<string, string>;
let collector: Collector;

const start = (): Promise<Collector> => startCollector(folder.path, settings);

beforeAll(async () => {
  receiver = await openReceiver();
  writeFileSync(rules, JSON.stringify(RULES));
  writeFileSync(targets, JSON.stringify(TARGETS));
  settings = {
    BALISE_ALERTS: rules,
    BALISE_ALERTS_URL: receiver.url,
    BALISE_ALERTS_SECRET: SECRET,
    BALISE_TARGETS: targets,
  };
  collector = await startCollector(folder.path);
  const response = await fetch(`${collector.url}/v1/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${collector.keys.secretKey}` },
    body: events.map((event) => `${JSON.stringify(event)}\n`).join(""),
  });
  if (response.status !== 202) throw new Error(await response.text());
  await until(async () => {
    const ready = await fetch(`${collector.url}/v1/health/ready`);
    return readySchema.parse(await ready.json()).spool.bytes === 0;
  }, 30_000);
  await collector.end("SIGTERM");
}, 90_000);

afterAll(async () => {
  await collector.end("SIGTERM");
  await receiver.close();
  folder.remove();
});

const ids = (): unknown[] => receiver.received.map(({ headers }) => headers["webhook-id"]);

const metric = async (name: string): Promise<number> => {
  const body = await (await fetch(`${collector.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(body)?.[1]);
};

test(
  "an alert whose sending a kill cuts off is sent by the next process, with its id",
  { timeout: 120_000 },
  async () => {
    receiver.answer = "never";
    collector = await start();
    await until(() => receiver.received.length === 1, 30_000);
    await collector.end("SIGKILL");

    receiver.answer = 500;
    collector = await start();
    await until(() => receiver.received.length === 2, 30_000);
    await expect.poll(() => metric("balise_alerts_failed_tries_total")).toBe(1);
    expect(await metric("balise_alerts_waiting")).toBe(1);
    await collector.end("SIGKILL");

    receiver.answer = 200;
    collector = await start();
    // Its second wait is over ten seconds after the try.
    await until(() => receiver.received.length === 3, 40_000);
    await expect.poll(() => metric("balise_alerts_sent_total")).toBe(1);
    expect(new Set(ids()).size).toBe(1);
    for (const sent of receiver.received) {
      expect(verified(SECRET, sent)).toMatchObject({
        data: {
          site: "default",
          rule: "bounces up",
          value: 0.8,
          n: 30,
          kind: "share",
          low: expect.any(Number),
        },
      });
    }
  },
);

test("an alert that was taken is not told again by the next process", async () => {
  await collector.end("SIGKILL");
  const before = receiver.received.length;
  collector = await start();
  await expect
    .poll(() => metric("balise_alerts_looked_at_seconds"), { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(await metric("balise_alerts_told_total")).toBe(0);
  expect(await metric("balise_alerts_waiting")).toBe(0);
  expect(receiver.received).toHaveLength(before);
});

const alerts = (...args: string[]): Promise<Ended> =>
  balise(
    ["alerts", ...args, "--url", collector.url],
    { BALISE_READ_KEY: collector.keys.readKey },
    folder.path,
  );

test("a dry run tells what rules would have told, and when, and sends nothing", async () => {
  const before = receiver.received.length;
  const iso = (moment: number): string => new Date(moment).toISOString();
  const period = ["--from", iso(NOW - 5 * HOUR), "--to", iso(NOW)];
  const { code, stdout } = await alerts("--dry-run", ...period, "--every", "1h", "--json");
  expect(code).toBe(0);
  // After one hour of more bounces there are 30 visits, 12 of them bounces: that may be chance.
  expect(JSON.parse(stdout)).toMatchObject([
    { at: iso(NOW - HOUR), rule: "bounces up", n: 30, baselineN: expect.any(Number) },
  ]);
  const quiet = await alerts(
    "--dry-run",
    "--from",
    iso(NOW - 6 * HOUR),
    "--to",
    iso(NOW - 4 * HOUR),
  );
  expect(quiet.stdout.trim()).toBe("no rule would have told anything");
  expect(receiver.received).toHaveLength(before);
});

test("the rules of a file are listed, and a mistake is named in one line", async () => {
  expect((await alerts()).stdout).toMatch(/bounces up +sessions_summary +bounceRate/);
  const wrong = join(folder.path, "wrong.json");
  writeFileSync(wrong, JSON.stringify({ rules: [{ ...RULES.rules[0], measure: "bounced" }] }));
  expect(await alerts("--rules", "wrong.json")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('wrong.json: rules[0].measure: "bounced" is no measure'),
  });
  const slip = await alerts("--dry-run", "--every", "often");
  expect(slip.stderr).toContain("--every often is not a duration");
});

test("the collector's targets are answered beside their indicators", async () => {
  const response = await fetch(`${collector.url}/v1/query/targets`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${collector.keys.readKey}`,
      "content-type": "application/json",
    },
    body: "{}",
  });
  expect(await response.json()).toMatchObject({
    rows: [{ name: "Few bounces", value: 0.26, n: 300, target: 0.3, state: "unsure" }],
  });
});

test("the doctor knows rules and targets, and a collector does not start with wrong ones", async () => {
  const { stdout } = await balise(["doctor"], settings, folder.path);
  expect(stdout).toContain("targets: 1");
  expect(stdout).toContain("alerts: 2 rules, 0 to be sent");
  const wrong = await balise(["doctor"], { ...settings, BALISE_ALERTS: "wrong.json" }, folder.path);
  expect(wrong.stdout).toContain("✗ alerts: ");
  const refused = async (change: Record<string, string>): Promise<string> => {
    const own = { BALISE_DATA_DIR: "other", BALISE_PORT: "0", BALISE_EMBEDDED_PORT: "0" };
    const ended = await balise(["start"], { ...own, ...settings, ...change }, folder.path);
    expect(ended.code).toBe(1);
    expect(ended.stderr).not.toContain(SECRET);
    return ended.stderr;
  };
  expect(await refused({ BALISE_ALERTS: "wrong.json" })).toContain("is no measure of");
  expect(await refused({ BALISE_ALERTS_URL: "http://10.0.0.1/x" })).toContain("must be https://");
  expect(await refused({ BALISE_ALERTS_SECRET: "short" })).toContain("must be whsec_");
  expect(await refused({ BALISE_ALERTS_URL: "" })).toContain("needs BALISE_ALERTS_URL");
});

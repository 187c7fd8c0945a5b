/**
 * What the demo's data hides (packages/collector/src/demo/stories.ts) is found by the questions, asked as
 * somebody would who does not know it; and the questions that products are bought for have answers there.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { periodUntil } from "../packages/collector/dist/demo/rhythm.js";
import { brokenWeek } from "../packages/collector/dist/demo/stories.js";
import { until } from "../packages/collector/dist/testing/until.js";
import { askFunnel, askQuery, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";
import { balise } from "./support/run.js";

const folder = makeFolder();
let collector: Collector;

beforeAll(async () => {
  collector = await startCollector(folder.path);
  const { writeKey, secretKey } = collector.keys;
  const { code, stdout, stderr } = await balise(
    ["demo", "--url", collector.url],
    { BALISE_WRITE_KEY: writeKey, BALISE_SECRET_KEY: secretKey },
    folder.path,
  );
  if (code !== 0) throw new Error(`balise demo ended with ${code}: ${stderr}`);
  const sent = Number(/^([\d,]+) events of/m.exec(stdout)?.[1]?.replaceAll(",", ""));
  await until(async () => {
    const [row] = await sql<{ n: string }>(
      collector,
      "SELECT (SELECT uniqExact(id) FROM events) + (SELECT uniqExact(id) FROM feedback) + (SELECT uniqExact(id) FROM contacts) AS n",
    );
    return Number(row?.n) >= sent;
  }, 120_000);
}, 240_000);
afterAll(async () => {
  await collector.end("SIGTERM");
  folder.remove();
});

type Row = Record<string, unknown>;
const ask = (name: string, parameters: object = {}): Promise<Row[]> =>
  askQuery<Row>(collector, name, parameters);
const number = (row: Row | undefined, column: string): number => Number(row?.[column]);

const { from, to } = brokenWeek(periodUntil(Date.now(), 30));
const WEEK = 7 * 86_400_000;
const iso = (moment: number): string => new Date(moment).toISOString();

test("story 1: the mobile checkout broke, the week before being as ever", async () => {
  const steps = ["payment_submitted", "order_completed"];
  const share = async (device: string, weeksBefore: number) => {
    const rows = await askFunnel(collector, {
      steps,
      from: iso(from - weeksBefore * WEEK),
      to: iso(to - weeksBefore * WEEK),
      breakdown: "device",
    });
    return rows.find((row) => row.group === device && row.step === 2);
  };
  const [broken, before] = [await share("mobile", 0), await share("mobile", 1)];
  // The intervals are far from each other, and the other device's are not.
  expect(broken?.high).toBeLessThan((before?.low ?? 0) - 0.4);
  const [desktop, desktopBefore] = [await share("desktop", 0), await share("desktop", 1)];
  expect(desktop?.high).toBeGreaterThan(desktopBefore?.low ?? 1);
});

test("story 1: friction shows where, and that it costs orders", async () => {
  const week = {
    from: iso(from),
    to: iso(to),
    filters: [{ property: "device", op: "=", value: "mobile" }],
  };
  const [worst] = await ask("friction", week);
  expect(worst?.["page"]).toBe("Payment");
  const payment = await ask("friction_conversion", { ...week, goal: "order_completed" });
  const usual = await ask("friction", { to: iso(from), filters: week.filters });
  const calm = usual.find((row) => row["page"] === "Payment");
  expect(number(worst, "hitLow")).toBeGreaterThan(number(calm, "hitHigh"));
  expect(payment.length).toBeGreaterThan(1);
});

test("story 2: paid social brings people and few customers", async () => {
  const rows = await ask("acquisition", { goal: ["order_completed"] });
  const of = (channel: string): Row | undefined => rows.find((row) => row["channel"] === channel);
  const [social, email] = [of("paid_social"), of("email")];
  expect(number(social, "people")).toBeGreaterThan(number(email, "people"));
  expect(number(social, "conversionHigh")).toBeLessThan(number(email, "conversionLow"));
});

test("story 3: the address form makes people call, and is given up at the proof", async () => {
  const rows = await ask("contact_after", { what: "form" });
  const [worst] = rows;
  expect(worst?.["name"]).toBe("change-address");
  const [after] = await ask("contact_after", { what: "page", names: ["Home"] });
  expect(number(worst, "contactRateLow")).toBeGreaterThan(number(after, "contactRateHigh"));
  const [field] = await ask("form_fields");
  expect(field).toMatchObject({ form: "change-address", field: "proof" });
});

test("story 4: the trials of those who came by paid search do not stay", async () => {
  const rows = await ask("trial_churn_by_channel", { days: 14 });
  const paid = rows.find((row) => row["channel"] === "paid_search");
  const direct = rows.find((row) => row["channel"] === "direct");
  expect(number(paid, "churnLow")).toBeGreaterThan(number(direct, "churnHigh"));
});

test.each([
  ["sessions_summary", {}],
  ["pages", {}],
  ["paths", { event: "order_completed" }],
  ["people", { bucket: "week" }],
  ["retention", {}],
  ["outcomes", {}],
  ["forms", {}],
  ["complaint_rate", {}],
  ["contact_resolution", {}],
])("%s has an answer in the demo's data", async (name, parameters) => {
  expect((await ask(name, parameters)).length).toBeGreaterThan(0);
});

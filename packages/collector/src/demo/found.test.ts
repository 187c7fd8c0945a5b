/** The stories of the demo data, found by the questions that a team asks. */
import type { Event } from "@balise/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acquisitionChannel } from "../ingest/acquisition.js";
import { eventRows } from "../ingest/row.js";
import { readDevice } from "../ingest/user-agent.js";
import { ask } from "../query/ask.js";
import { QUERIES } from "../query/registry.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { periodUntil } from "./rhythm.js";
import { brokenWeek } from "./stories.js";
import { generateVisits } from "./visits.js";

const now = Date.UTC(2026, 9, 15, 18);
const { from, to } = brokenWeek(periodUntil(now, 30));
const WEEK = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };

let store: TestStore;

async function put(table: string, values: unknown[]): Promise<void> {
  await store.client.insert({ table, values, format: "JSONEachRow" });
}

beforeAll(async () => {
  store = await openTestStore();
  const lines = new Map<string, unknown[]>([["identities", []]]);
  for (const visit of generateVisits({ seed: 1, visitors: 6000, days: 30, now })) {
    const visitor = { device: readDevice(visit.userAgent), country: "", region: "" };
    const site = { id: "default", writeKey: "", secretKey: "", readKey: "", origins: [] };
    const write = (event: Event, source: "batch" | "import", defaultChannel: string): void => {
      const { campaign, page, occurredAt, anonymousId, userId } = event;
      const rows = eventRows(event, {
        origin: { site, source, visitor, defaultChannel },
        receivedAt: occurredAt,
        occurredAt,
        skew: 0,
        acquisition: acquisitionChannel(campaign, page?.referrer, page?.url),
      });
      for (const { table, line } of rows) {
        const known = lines.get(table) ?? [];
        lines.set(table, known);
        known.push(JSON.parse(line));
      }
      if (anonymousId === undefined || userId === undefined) return;
      lines.get("identities")?.push({
        site_id: "default",
        anonymous_id: anonymousId,
        user_id: userId,
        linked_at: occurredAt,
      });
    };
    for (const event of visit.events) write(event, "batch", "web");
    for (const event of visit.imported) write(event, "import", "server");
  }
  for (const [table, values] of lines) await put(table, values);
});
afterAll(async () => {
  await store.close();
});

async function rowsOf(name: string, input: object): Promise<Record<string, unknown>[]> {
  const query = QUERIES.get(name);
  if (query === undefined) throw new Error(`no question ${name}`);
  return (await ask(store.client, query, input, "default")).rows;
}

const number = (row: Record<string, unknown> | undefined, column: string): number =>
  Number(row?.[column]);

test("story 1: the payment page of a telephone is followed by contacts about payment that week", async () => {
  const asked = {
    what: "event",
    names: ["payment_submitted"],
    reasons: ["payment"],
    days: 2,
    breakdown: "device",
  };
  const week = await rowsOf("contact_after", { ...asked, ...WEEK });
  const before = await rowsOf("contact_after", { ...asked, to: WEEK.from });
  const of = (rows: Record<string, unknown>[], device: string) =>
    rows.find(({ group }) => group === device);
  // Beyond what chance does: the intervals do not touch.
  const broken = number(of(week, "mobile"), "contactRateLow");
  expect(broken).toBeGreaterThan(number(of(week, "desktop"), "contactRateHigh"));
  expect(broken).toBeGreaterThan(number(of(before, "mobile"), "contactRateHigh"));
});

test.each(["first", "last"])(
  "story 2: for the %s touch, paid social wins few",
  async (attribution) => {
    const rows = await rowsOf("acquisition", { attribution });
    const of = (channel: string) => rows.find((row) => row["channel"] === channel);
    const social = of("paid_social");
    expect(number(social, "people")).toBeGreaterThan(150);
    for (const channel of ["organic_search", "direct", "paid_search", "email"]) {
      expect(number(of(channel), "conversion")).toBeGreaterThan(1.3 * number(social, "conversion"));
    }
  },
);

test("story 3: who changes an address calls about it, and gives up at the proof", async () => {
  const forms = await rowsOf("contact_after", { what: "form", days: 2 });
  const pages = await rowsOf("contact_after", { what: "page", days: 2 });
  const address = forms.find(({ name }) => name === "change-address");
  const product = pages.find(({ name }) => name === "Product");
  expect(number(address, "contactRateLow")).toBeGreaterThan(number(product, "contactRateHigh"));
  const fields = await rowsOf("form_fields", { form: "change-address" });
  expect(fields[0]).toMatchObject({ field: "proof" });
  expect(number(fields[0], "low")).toBeGreaterThan(number(fields[1], "high"));
  const [form] = await rowsOf("forms", {});
  expect(number(form, "abandonmentRate")).toBeGreaterThan(0.3);
});

test("story 4: trials of those who came by paid search do not stay", async () => {
  const rows = await rowsOf("trial_churn_by_channel", { days: 14 });
  const of = (channel: string) => rows.find((row) => row["channel"] === channel);
  expect(number(of("paid_search"), "trials")).toBeGreaterThan(20);
  expect(number(of("paid_search"), "churnLow")).toBeGreaterThan(number(of("direct"), "churnHigh"));
});

test("contacts go from the web to the telephone, and most requests are resolved", async () => {
  const moves = await rowsOf("channel_switches", {});
  const calls = moves.find(
    ({ fromChannel, toChannel }) => fromChannel === "web" && toChannel === "phone",
  );
  expect(number(calls, "moves")).toBeGreaterThan(50);
  const [resolution] = await rowsOf("contact_resolution", {});
  expect(number(resolution, "resolutionRate")).toBeGreaterThan(0.7);
  expect(number(resolution, "open")).toBeGreaterThan(0);
});

/** Every question, asked of events that came once and of the same events with copies not merged yet. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createViews } from "../store/views.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { ask } from "./ask.js";
import { QUERIES } from "./registry.js";

/** Received within the seven days of the live view. */
const T0 = Math.floor(Date.now() / 86_400_000 - 2) * 86_400_000;
const EVENTS = 150;
/** Events with names of their own, beside the others. */
const OTHERS = 50;
const NAMES = ["visited", "chose", "paid", "left"];
const OTHER_NAMES = ["form_start", "form_submit", "form_abandon", "message_sent", "message_opened"];

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** Twenty devices, some with users, in sessions around midnight; some bots. */
const event = (n: number): Record<string, unknown> => ({
  id: uuid(1, n),
  name: n % 17 === 3 ? "page_view" : NAMES[(n * 7) % NAMES.length],
  page_path: `/${n % 3}`,
  outcome: ["", "success", "failure"][n % 3],
  occurred_at: T0 + 86_400_000 + (n - EVENTS / 2) * 40_000,
  received_at: T0 + 86_400_000 + n,
  anonymous_id: uuid(2, n % 20),
  session_id: uuid(3, n % 40),
  user_id: n % 20 < 5 && n > 60 ? `user ${n % 3}` : "",
  account_id: `account ${n % 6}`,
  channel: "web",
  acquisition_channel: n % 40 === n ? ["direct", "email"][n % 2] : "",
  device: ["desktop", "mobile"][n % 2],
  value: n,
  properties: { plan: ["a", "b"][n % 2] },
  bot: n % 20 === 19,
  plan_violation: n % 3 === 0 ? "unknown_event" : "",
});

const other = (n: number): Record<string, unknown> => ({
  ...event(n),
  id: uuid(4, n),
  name: OTHER_NAMES[n % OTHER_NAMES.length],
  properties: { form: ["quote", "login"][n % 2], field: "mail", messageId: "spring" },
});

/** Forty contacts of the users, opened and resolved. */
const contact = (n: number): Record<string, unknown> => ({
  id: uuid(5, n),
  name: n < 40 ? "contact_opened" : "contact_resolved",
  occurred_at: T0 + 86_400_000 + n * 60_000,
  received_at: T0 + 86_400_000 + n,
  user_id: `user ${n % 3}`,
  contact_id: `contact ${n % 40}`,
  reason: ["bill", "complaint"][n % 2],
  channel: "phone",
  wait_seconds: n,
  talk_seconds: n,
});

const customer = (n: number): Record<string, unknown> => ({
  user_id: `user ${n}`,
  account_id: `account ${n}`,
  received_at: T0,
});

const METRICS = ["nps", "csat", "ces", "stars", "smiley", "text"];

/** Answers of the same people: some revised, some at the same moment, some in an event's session. */
const answer = (n: number): Record<string, unknown> => ({
  id: uuid(4, n),
  occurred_at: T0 + 86_400_000 + Math.floor(n / 2) * 90_000,
  received_at: T0 + 86_400_000 + n,
  anonymous_id: uuid(2, n % 20),
  session_id: uuid(3, n % 40),
  survey_id: `survey ${n % 3}`,
  kind: ["relational", "transactional"][n % 2],
  response_id: uuid(5, Math.floor(n / 1.2)),
  question_id: "q",
  metric: METRICS[n % METRICS.length],
  score: n % 6 === 5 ? null : 1 + ((n * 7) % 5),
  scale_min: n % 6 === 0 ? 0 : 1,
  scale_max: n % 6 === 0 ? 10 : 5,
  text: ["", "too expensive", "late delivery again"][n % 3],
  channel: "web",
  bot: n % 20 === 19,
});

const display = (n: number): Record<string, unknown> => ({
  ...event(n),
  id: uuid(6, n),
  name: ["survey_shown", "survey_dismissed"][n % 2],
  // The live view has no room for them.
  received_at: T0 - 30 * 86_400_000,
  properties: { surveyId: `survey ${n % 3}`, responseId: uuid(5, Math.floor(n / 2)) },
});

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await createViews(store.client, undefined);
  await store.client.command({ query: "SYSTEM STOP MERGES" });
  const numbers = Array.from({ length: EVENTS }, (_, n) => n);
  const all = [
    ...numbers.map(event),
    ...numbers.slice(0, OTHERS - 1).map(other),
    // A day later: what takes a day has ended by then.
    { ...other(OTHERS), name: "paid", session_id: uuid(3, 99), occurred_at: T0 + 2.5 * 86_400_000 },
    ...numbers.slice(0, 120).map(display),
  ];
  const put = (site: string, rows: object[], table = "events"): Promise<unknown> =>
    store.client.insert({
      table,
      values: rows.map((row) => ({ site_id: site, ...row })),
      format: "JSONEachRow",
    });
  await put("once", all);
  await put("copied", all);
  // Through another collector and another door, a day later; one more of some; one within one insert.
  const late = all
    .filter((_, n) => n % 3 !== 0)
    .map((row) => ({
      ...row,
      received_at: Number(row["received_at"]) + 86_000_000,
      source: "import",
    }));
  await put("copied", late);
  await put("copied", [...late.slice(0, 30), ...late.slice(10, 20)]);
  for (const [table, row, length] of [
    ["contacts", contact, 80],
    ["customers", customer, 5],
  ] as const) {
    const rows = Array.from({ length }, (_, n) => row(n));
    await put("once", rows, table);
    await put("copied", rows, table);
    await put("copied", rows.slice(0, length / 2), table);
  }
  const answers = numbers.map(answer);
  await put("once", answers, "feedback");
  for (const times of [1, 2, 3]) {
    await put(
      "copied",
      answers.filter((_, n) => n % times === 0),
      "feedback",
    );
  }
  const steps = numbers.slice(0, 60).map((n) => ({
    id: uuid(7, n),
    response_id: uuid(5, n),
    changed_at: T0 + 90_000_000 + n * 1000,
    status: ["in_progress", "resolved"][n % 2],
  }));
  for (const site of ["once", "copied", "copied"]) await put(site, steps, "follow_up_steps");
  const identities = all
    .filter((row) => row["user_id"] !== "")
    .map((row) => ({
      anonymous_id: row["anonymous_id"],
      user_id: row["user_id"],
      linked_at: row["occurred_at"],
    }));
  const note = (text: string, at: number): object => ({
    annotation_id: "note",
    kind: "release",
    starts_at: T0,
    ends_at: T0,
    text,
    received_at: T0 + at,
  });
  const told = { once: [note("new", 1)], copied: [note("old", 0), note("new", 1), note("new", 1)] };
  for (const [site, notes] of Object.entries(told)) {
    for (const row of notes) {
      await store.client.insert({
        table: "annotations",
        values: [{ site_id: site, ...row }],
        format: "JSONEachRow",
      });
    }
  }
  for (const site of ["once", "copied"]) {
    await store.client.insert({
      table: "identities",
      values: identities.map((row) => ({ site_id: site, ...row })),
      format: "JSONEachRow",
    });
  }
});
afterAll(async () => {
  await store.close();
});

const steps = ["visited", "chose", "paid"];
const funnel = { steps, windowSeconds: 7200 };

/** How each question is asked; one that is not named here is asked as its example asks. */
const INPUTS: Record<string, object[]> = {
  funnel: [
    funnel,
    { ...funnel, by: "session" },
    { ...funnel, by: "account" },
    { ...funnel, breakdown: "device" },
    { ...funnel, breakdown: "acquisitionChannel" },
    { ...funnel, steps: ["visited", "visited", ["visited", "paid"]] },
    { ...funnel, steps: ["visited", "visited"], by: "session" },
    { ...funnel, steps: [{ event: "paid", where: [{ property: "plan", op: "=", value: "a" }] }] },
    { ...funnel, order: "strict", exclude: ["left"], goalValue: true },
    { ...funnel, order: "unordered", goalValue: true },
    { ...funnel, order: "unordered", steps: ["visited", "visited", ["visited", "paid"]] },
    { ...funnel, steps: ["visited", { event: "chose", optional: true }, "paid"] },
    { ...funnel, compare: { filters: [] }, goalValue: true },
  ],
  funnel_people: [
    { ...funnel, step: 2, reached: "converted" },
    { ...funnel, step: 2, reached: "dropped", by: "session" },
  ],
  funnel_next: [
    { ...funnel, step: 2 },
    { ...funnel, step: 2, what: "page", by: "session" },
  ],
  coverage: [
    { planned: ["paid", "never"], goals: ["paid"] },
    { planned: ["paid", "never"], breakdown: "device" },
  ],
  contact_after: [{ what: "event", names: ["visited", "chose"] }],
  contacts_per_customer: [{}, { split: "reason" }],
  quiet_accounts: [{ days: 1, to: "2100-01-01" }],
  acquisition: [{ goal: ["paid"] }, { goal: ["paid"], attribution: "last", level: "campaign" }],
  basket_by_channel: [{ orders: ["paid"] }],
  trial_churn_by_channel: [{ trial: "visited", converted: ["paid"], days: 1 }],
  onboarding_contacts_by_channel: [{ start: ["paid"] }],
  follow_up_cases: [{ status: "any" }],
  live_events: [{ limit: 200 }],
  time_series: [
    { bucket: "hour", goal: "paid" },
    { bucket: "month", breakdown: "sessionOutcome" },
  ],
  before_after: [
    { question: "event_names", at: new Date(T0 + 86_400_000).toISOString(), days: 1 },
    { question: "funnel", parameters: funnel, annotation: "note", days: 1 },
  ],
  activity: [{ bucket: "hour" }, { bucket: "day" }],
};

/** When a copy was received is its own; what is listed by that moment is compared as a set. */
const comparable = (rows: readonly Record<string, unknown>[]): string[] =>
  rows.map((row) => JSON.stringify({ ...row, receivedAt: undefined })).toSorted();

describe.each([...QUERIES.values()])("the question $name", (query) => {
  it.each(INPUTS[query.name] ?? [query.example])(
    "has the same answer with copies: %j",
    async (input) => {
      const [once, copied] = await Promise.all(
        ["once", "copied"].map(async (site) =>
          comparable((await ask(store.client, query, input, site, { minGroup: 1 })).rows),
        ),
      );
      expect(once?.length).toBeGreaterThan(0);
      expect(copied).toEqual(once);
    },
  );
});

describe.each([
  ["sessions", "sessions WHERE site_id = {site:String}"],
  ["funnel", "funnel(site = {site:String}, steps = ['visited', 'chose'], window = 7200)"],
  [
    "funnel of equal steps",
    "funnel(site = {site:String}, steps = ['visited', 'visited'], window = 7200)",
  ],
  [
    "funnel_between",
    "funnel_between(site = {site:String}, steps = ['visited', 'paid'], window = 7200, from = '2020-01-01', to = '2100-01-01')",
  ],
])("the view %s", (_name, from) => {
  it("has the same rows with copies", async () => {
    const [once, copied] = await Promise.all(
      ["once", "copied"].map(async (site) => {
        const result = await store.client.query({
          query: `SELECT * FROM ${from}`,
          query_params: { site },
          format: "JSONEachRow",
        });
        const rows = await result.json<Record<string, unknown>>();
        return rows.map((row) => JSON.stringify({ ...row, site_id: undefined })).toSorted();
      }),
    );
    expect(once?.length).toBeGreaterThan(0);
    expect(copied).toEqual(once);
  });
});

it("stands on copies that are there in truth", async () => {
  const result = await store.client.query({
    query: "SELECT count() > uniqExact(id) + 100 AS copied FROM events WHERE site_id = 'copied'",
    format: "JSONEachRow",
  });
  expect(await result.json()).toEqual([{ copied: 1 }]);
});

import type { ClickHouseClient } from "@clickhouse/client";

export const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 10_000_000);
export const PEOPLE = Math.round(EVENTS / 20);

/** A month that ends in the middle of the second one, so that there is a period before. */
const FIRST = Date.UTC(2026, 0, 1);
const LENGTH = 45 * 86_400_000;
export const PERIOD = { from: "2026-01-15", to: "2026-02-13" };

/** Names in their shares of all events: what the tag's instruments send, and a shop's own. */
const NAMES: Readonly<Record<string, number>> = {
  page_view: 30,
  visible_time: 20,
  click: 10,
  scroll_depth: 8,
  product_viewed: 8,
  cart_added: 4,
  form_start: 4,
  form_submit: 2,
  form_abandon: 2,
  payment_submitted: 2,
  order_completed: 2,
  js_error: 2,
  rage_click: 1,
  dead_click: 1,
  back_and_forth: 1,
  survey_shown: 1,
  survey_dismissed: 1,
  identify: 1,
  order: 2,
  trial_started: 1,
  subscribed: 1,
  message_sent: 3,
  message_opened: 1,
  message_clicked: 1,
};
const SHARED_OUT = Object.entries(NAMES).flatMap(([name, share]) =>
  Array.from({ length: share }, () => `'${name}'`),
);

/** A number below `below` that is always the same for one row and `salt`. */
const any = (salt: number, below: number | string): string =>
  `cityHash64(number, ${salt}) % ${below}`;
const one = (salt: number, values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(",")}][${any(salt, values.length)} + 1]`;

const PERSON = any(3, PEOPLE);
const DEVICE = `reinterpretAsUUID(sipHash128(${PERSON}))`;
const SESSION = `reinterpretAsUUID(sipHash128(${PERSON}, intDiv(${any(2, LENGTH)}, 864000000)))`;
const MOMENT = `fromUnixTimestamp64Milli(toInt64(${FIRST} + ${any(2, LENGTH)}), 'UTC')`;
const CHANNELS = ["search", "email", "social", "direct", "ads"];

/** Half of the people are users of the team's, and customers. */
const USER = `if(${PERSON} % 2 = 0, concat('user ', toString(${PERSON})), '')`;

async function fill(
  client: ClickHouseClient,
  table: string,
  rows: number,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const step = 1_000_000;
  for (let from = 0; from < rows; from += step) {
    await client.command({
      query: `INSERT INTO ${table} (${Object.keys(columns).join(", ")}) SELECT ${Object.values(columns).join(", ")} FROM numbers(${from}, ${Math.min(step, rows - from)})`,
      clickhouse_settings: { max_execution_time: 0 },
    });
  }
  await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
}

/** Six weeks of a site: events of all kinds, answers, contacts, customers, costs. */
export async function fillSite(client: ClickHouseClient): Promise<void> {
  const common = {
    site_id: "'bench'",
    id: "reinterpretAsUUID(sipHash128(number))",
    occurred_at: MOMENT,
    received_at: `${MOMENT} + 1`,
    anonymous_id: DEVICE,
    session_id: SESSION,
    user_id: USER,
    channel: one(9, ["web", "web", "web", "webview"]),
    outcome: one(10, ["success", "success", "failure", "unknown", ""]),
    acquisition_channel: `['${CHANNELS.join("','")}'][${PERSON} % 5 + 1]`,
  };
  await fill(client, "events", EVENTS, {
    ...common,
    name: `[${SHARED_OUT.join(",")}][${any(1, SHARED_OUT.length)} + 1]`,
    area: one(11, ["public", "connected"]),
    page_path: `concat('/p/', toString(${any(6, 300)}))`,
    campaign_source: one(12, ["news", "partner", ""]),
    campaign_medium: one(13, ["email", "cpc", ""]),
    campaign_name: one(14, ["spring", "launch", ""]),
    value: any(15, 500),
    currency: "'EUR'",
    properties: `concat('{"seconds":', toString(${any(16, 90)}), ',"form":"f', toString(${any(17, 9)}), '","lastField":"', ${one(18, ["name", "iban", "phone"])}, '","surveyId":"after order","plan":"', ${one(7, ["a", "b", "c"])}, '"}')`,
    traits: `if(${any(19, 50)} = 0, concat('{"band":"', ['18-34','35-54','55+'][${PERSON} % 3 + 1], '"}'), '{}')`,
    consent: "'full'",
    device: `['desktop','mobile','tablet'][${PERSON} % 3 + 1]`,
    country: one(20, ["FR", "BE", "CH"]),
    bot: "0",
    source: "'batch'",
  });
  await fill(client, "feedback", Math.round(EVENTS / 50), {
    ...common,
    survey_id: one(21, ["after order", "relation"]),
    survey_version: "1",
    kind: one(21, ["transactional", "relational"]),
    response_id: "reinterpretAsUUID(sipHash128(number, 1))",
    question_id: one(22, ["nps", "csat", "ces", "why"]),
    metric: one(22, ["nps", "csat", "ces", "text"]),
    score: `[${any(23, 11)}, ${any(23, 5)} + 1, ${any(23, 7)} + 1, NULL][${any(22, 4)} + 1]`,
    scale_min: `[0, 1, 1, NULL][${any(22, 4)} + 1]`,
    scale_max: `[10, 5, 7, NULL][${any(22, 4)} + 1]`,
    polarity: "1",
    text: `if(${any(22, 4)} = 3, concat(${one(24, ["delivery was late", "very quick", "the form failed", "livraison en retard", "rien à dire"])}, ' ', ${one(25, ["again", "thanks", "twice", "hier", "merci"])}), '')`,
    touchpoint: one(26, ["checkout", "claim", "login"]),
    area: one(11, ["public", "connected"]),
    page_path: `concat('/p/', toString(${any(6, 300)}))`,
    device: `['desktop','mobile','tablet'][${PERSON} % 3 + 1]`,
    bot: "0",
  });
  const contacts = Math.round(EVENTS / 100);
  await fill(client, "contacts", contacts, {
    ...common,
    name: one(27, ["contact_opened", "contact_resolved"]),
    contact_id: `toString(${any(28, Math.round(contacts / 2))})`,
    reason: one(29, ["complaint", "delivery", "invoice"]),
    channel: one(30, ["phone", "email", "chat", "store"]),
    wait_seconds: any(31, 600),
    talk_seconds: any(32, 900),
    transfers: any(33, 3),
    resolved: any(34, 2),
    reopened: `${any(35, 10)} = 0`,
  });
  await fill(client, "customers", Math.round(PEOPLE / 2), {
    site_id: "'bench'",
    user_id: "concat('user ', toString(number * 2))",
    since: "toDate32('2025-01-01') + number % 400",
    until: `if(${any(36, 10)} = 0, toDate32('2026-02-01'), NULL)`,
    traits: `concat('{"band":"', ${one(37, ["18-34", "35-54", "55+"])}, '"}')`,
    received_at: "now64(3)",
  });
  await fill(client, "costs", 45 * CHANNELS.length, {
    site_id: "'bench'",
    day: `toDate('2026-01-01') + intDiv(number, ${CHANNELS.length})`,
    acquisition_channel: `['${CHANNELS.join("','")}'][number % ${CHANNELS.length} + 1]`,
    campaign_source: "'news'",
    campaign_medium: "'cpc'",
    campaign_name: "'spring'",
    impressions: any(38, 100_000),
    clicks: any(39, 4000),
    cost: any(40, 900),
    currency: "'EUR'",
    imported_at: "now64(3)",
  });
  // A tenth of the devices is known beside those whose events name a user.
  await client.command({
    query: `INSERT INTO identities (site_id, anonymous_id, user_id, linked_at)
            SELECT DISTINCT 'bench', anonymous_id, concat('user ', toString(person_key % ${PEOPLE})), now64(3)
            FROM events WHERE user_id = '' AND person_key % 10 = 0`,
  });
}

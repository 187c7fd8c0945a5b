import type { Answer } from "../query/ask.js";
import { ask } from "../query/ask.js";
import type { Asking } from "../query/query.js";
import { QUERIES } from "../query/registry.js";
import type { TestStore } from "./store.js";

export const NEW_YEAR = Date.UTC(2026, 0, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const JANUARY = { from: "2026-01-01", to: "2026-01-31" };

export const inJanuary = (time: number): boolean => time >= NEW_YEAR && time < NEW_YEAR + 31 * DAY;

const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** The same sequence each time. */
export interface Random {
  below: (limit: number) => number;
  of: <T>(values: readonly [T, ...T[]]) => T;
}

export function randomFrom(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, of: (values) => values[below(values.length)] ?? values[0] };
}

/** Devices of people who log in; the others are nobody's, the last three are bots. */
const KNOWN = 12;
const DEVICES = 40;
const BOTS = 37;

export interface Act {
  id: string;
  name: string;
  time: number;
  device: number;
  /** Named by the row itself. */
  user: string;
  /** 0 is none. */
  session: number;
  page: string;
  form: string;
  field: string;
  seconds: number | undefined;
  message: string;
  touch: string;
  campaign: string;
  channel: string;
  value: number | null;
}

/** Something that became of a contact. */
export interface Step {
  id: string;
  contact: string;
  name: string;
  time: number;
  device: number;
  user: string;
  reason: string;
  channel: string;
  resolved: boolean | null;
  reopened: boolean | null;
  wait: number | null;
  transfers: number | null;
  talk: number | null;
}

export interface Shop {
  acts: Act[];
  steps: Step[];
}

/** Who a device belongs to. */
export const personOf = ({ user, device }: { user: string; device: number }): string =>
  user !== "" ? user : device < KNOWN ? `u${device % 5}` : `device ${device}`;

export const isBot = ({ device }: { device: number }): boolean => device >= BOTS;

const NAMES = [
  "page_view",
  "page_view",
  "form_start",
  "form_submit",
  "form_abandon",
  "order",
  "trial",
  "subscribed",
  "message_sent",
  "message_opened",
  "message_clicked",
] as const;

/** What people of a shop do from December to February: much of it at the same moment, some of it bots'. */
export function randomShop(seed: number, acts: number, contacts: number): Shop {
  const random = randomFrom(seed);
  return {
    acts: Array.from({ length: acts }, (_, n) => randomAct(random, n)),
    steps: Array.from({ length: contacts }, (_, n) => randomSteps(random, n)).flat(),
  };
}

const moment = ({ below }: Random): number => NEW_YEAR + (below(62) - 15) * DAY + below(8) * HOUR;

function randomAct(random: Random, n: number): Act {
  const { below, of } = random;
  const device = below(DEVICES);
  const time = moment(random);
  const name = of(NAMES);
  const form = name.startsWith("form") ? of(["quote", "login", ""]) : "";
  return {
    id: uuid(1, n),
    name,
    time,
    device,
    user: device < KNOWN && below(3) === 0 ? `u${device % 5}` : "",
    session: below(9) === 0 ? 0 : 1 + device * 1000 + Math.floor((time - NEW_YEAR) / DAY) + 20,
    page: of(["/a", "/b", "/help"]),
    form,
    field: form === "" ? "" : of(["name", "mail", ""]),
    seconds: name === "form_submit" && below(4) > 0 ? below(100) / 4 : undefined,
    message: name.startsWith("message") ? of(["m1", "m2", "m3"]) : "",
    touch: below(4) === 0 ? of(["email", "paid_search", "direct"]) : "",
    campaign: of(["spring", "", "winter"]),
    channel: of(["web", "webview", "email"]),
    value: name === "order" ? 10 + below(90) : null,
  };
}

/** A contact: opened, mostly; then ended, opened again, or told of by another event. */
function randomSteps(random: Random, n: number): Step[] {
  const { below, of } = random;
  const device = below(DEVICES);
  const opened = moment(random);
  const reason = of(["bill", "delivery", "complaint"]);
  const channel = of(["phone", "chat"]);
  return Array.from({ length: 1 + below(4) }, (_, place) => ({
    id: uuid(6, n * 10 + place),
    contact: `c${n}`,
    name:
      place === 0 && below(8) > 0
        ? "contact_opened"
        : of(["contact_resolved", "contact_resolved", "contact_opened", "contact_noted"]),
    time: opened + place * of([0, HOUR, 3 * DAY]),
    device,
    user: device < KNOWN && below(2) === 0 ? `u${device % 5}` : "",
    reason,
    channel,
    resolved: of([true, false, null]),
    reopened: below(10) === 0 ? true : of([false, null]),
    wait: of([below(300), null]),
    transfers: of([0, 1, null]),
    talk: of([below(900) / 2, null]),
  }));
}

const actRow = (act: Act): Record<string, unknown> => ({
  site_id: "default",
  id: act.id,
  name: act.name,
  occurred_at: act.time,
  received_at: act.time,
  anonymous_id: uuid(2, act.device),
  user_id: act.user,
  ...(act.session !== 0 && { session_id: uuid(3, act.session) }),
  page_path: act.page,
  acquisition_channel: act.touch,
  campaign_name: act.campaign,
  channel: act.channel,
  value: act.value,
  currency: act.value === null ? "" : "EUR",
  properties: {
    ...(act.form !== "" && { form: act.form }),
    ...(act.field !== "" && { field: act.field }),
    ...(act.seconds !== undefined && { seconds: act.seconds }),
    ...(act.message !== "" && { messageId: act.message }),
  },
  bot: isBot(act),
});

const stepRow = (step: Step): Record<string, unknown> => ({
  site_id: "default",
  id: step.id,
  name: step.name,
  occurred_at: step.time,
  received_at: step.time,
  anonymous_id: uuid(2, step.device),
  user_id: step.user,
  contact_id: step.contact,
  reason: step.reason,
  channel: step.channel,
  resolved: step.resolved,
  reopened: step.reopened,
  wait_seconds: step.wait,
  transfers: step.transfers,
  talk_seconds: step.talk,
});

/** Stores all, some of it twice, with whom the devices belong to; nothing is merged. */
export async function storeShop({ client }: TestStore, { acts, steps }: Shop): Promise<void> {
  const put = async (table: string, values: object[]): Promise<void> => {
    await client.command({ query: `SYSTEM STOP MERGES ${table}` });
    for (const rows of [values, values.filter((_, n) => n % 3 === 0)]) {
      await client.insert({ table, values: rows, format: "JSONEachRow" });
    }
  };
  await put("events", acts.map(actRow));
  await put("contacts", steps.map(stepRow));
  await put(
    "identities",
    Array.from({ length: KNOWN }, (_, device) => ({
      site_id: "default",
      anonymous_id: uuid(2, device),
      user_id: `u${device % 5}`,
      linked_at: NEW_YEAR,
    })),
  );
}

/** Asks a question about January. */
export async function askShop(
  { client }: TestStore,
  name: string,
  input: object = {},
  asking: Partial<Asking> = { minGroup: 1 },
): Promise<Answer> {
  const query = QUERIES.get(name);
  if (query === undefined) throw new Error(`no question ${name}`);
  return ask(client, query, { ...JANUARY, ...input }, "default", asking);
}

/** What ClickHouse makes of an answer's statement. */
async function explain({ client }: TestStore, { meta }: Answer, kind: string): Promise<string> {
  const result = await client.query({
    query: `EXPLAIN ${kind} ${meta.sql}`,
    query_params: meta.params,
    format: "TabSeparatedRaw",
  });
  return result.text();
}

/** Which parts and keys an answer reads. */
export const readsOf = (store: TestStore, answer: Answer): Promise<string> =>
  explain(store, answer, "indexes = 1");

/** The columns that an answer reads of its tables. */
export async function columnsOf(store: TestStore, answer: Answer): Promise<string[]> {
  const plan = await explain(store, answer, "header = 1, actions = 0");
  const names = plan.matchAll(/(?:Header:|│)\s+(\w+(?:\.\w+)*) \S/g);
  return [...new Set([...names].flatMap(([, name]) => name ?? []))];
}

/** Rows by a key of theirs, in the order of their first. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => unknown): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  return groups;
}

export const inTime = <T extends { time: number; id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));

/** The first of rows, which there must be. */
export function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("there is none");
  return row;
}

/** A quantile that lies between two values where it falls between them; none of none. */
export function quantile(values: readonly number[], level: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * level;
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === high || !Number.isFinite(high)) return high;
  return low * (Math.ceil(place) - place) + high * (place - Math.floor(place));
}

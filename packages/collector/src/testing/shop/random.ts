export const NEW_YEAR = Date.UTC(2026, 0, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const inJanuary = (time: number): boolean => time >= NEW_YEAR && time < NEW_YEAR + 31 * DAY;

export const uuid = (kind: number, number: number): string =>
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
export const KNOWN = 12;
const DEVICES = 40;
const BOTS = 37;

export interface Act {
  id: string;
  name: string;
  time: number;
  device: number;
  /** Named by the row itself. */
  user: string;
  account: string;
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
  /** Of some orders; some have it in common. */
  order: string;
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

/** A customer as the base was told of them, twice: the later counts. */
export interface Patron {
  user: string;
  account: string;
  since: string | null;
  until: string | null;
  segment: string;
}

export interface Spending {
  day: string;
  channel: string;
  campaign: string;
  impressions: number;
  clicks: number;
  cost: number;
  currency: string;
}

export interface Shop {
  acts: Act[];
  steps: Step[];
  patrons: Patron[];
  spendings: Spending[];
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
    patrons: Array.from({ length: 9 }, (_, n) => randomPatron(random, n)),
    spendings: Array.from({ length: 60 }, () => randomSpending(random)),
  };
}

const dayOf = ({ below }: Random): string =>
  new Date(NEW_YEAR + (below(62) - 15) * DAY).toISOString().slice(0, 10);

const randomPatron = (random: Random, n: number): Patron => ({
  user: `u${n}`,
  account: `a${n}`,
  since: random.of([null, null, dayOf(random)]),
  until: random.of([null, null, dayOf(random)]),
  segment: random.of(["home", "office", ""]),
});

const randomSpending = (random: Random): Spending => ({
  day: dayOf(random),
  channel: random.of(["email", "paid_search", "display"]),
  campaign: random.of(["spring", "summer"]),
  impressions: 100 + random.below(1000),
  clicks: random.below(100),
  cost: random.below(10_000) / 100,
  currency: "EUR",
});

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
    account: device % 4 === 0 ? "" : `a${device % 7}`,
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
    order: name === "order" && below(2) === 0 ? `o${below(40)}` : "",
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

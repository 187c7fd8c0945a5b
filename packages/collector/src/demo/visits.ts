import type { Event } from "@balise/schema";
import { signIn, visitAccount } from "./account.js";
import type { Product } from "./catalogue.js";
import { RETURNS, SOURCES } from "./channels.js";
import { contactAfter } from "./contacts.js";
import { type Browser, createPerson, type Person } from "./person.js";
import { createRandom, type Random } from "./random.js";
import { DAY, MINUTE, momentIn, momentOn, type Period, periodUntil } from "./rhythm.js";
import { createSession, type Session } from "./session.js";
import { checkOut, shop, type Shopping } from "./shopping.js";
import { ADDRESS_FORM, TRIAL } from "./stories.js";

export interface VisitOptions {
  /** Another seed gives other visitors. */
  seed: number;
  visitors: number;
  /** Length of the period, which ends with the day of `now`. */
  days: number;
  /**
   * Epoch milliseconds; nothing later is given. The rest follows from its day (UTC) alone: later on
   * the same day the same events come again, with those since then.
   */
  now: number;
}

/** One visit, as one browser sends it. */
export interface Visit {
  /** Number of the visitor, from 0. */
  visitor: number;
  userAgent: string;
  /** What the tag records, in order. */
  events: Event[];
  /** What other tools import afterwards: calls and chats, subscriptions. */
  imported: Event[];
}

/** At most so many visits of a person; each further one comes with this share. */
const MOST_VISITS = 12;
const COMES_BACK = { customer: 0.8, visitor: 0.54 };
/** Customers came before the period too, so that its first days are like the others. */
const CUSTOMERS_LEAD = 14 * DAY;
const TAKES_UP_CART = 0.4;
const TO_ACCOUNT = 0.36;
const CALLS = { failed: 0.3, otherwise: 0.02 };

/** The visits to a shop, visitor by visitor: the same options give the same bytes. */
export function* generateVisits(options: VisitOptions): Generator<Visit, void, undefined> {
  const period = periodUntil(options.now, options.days);
  const past = (event: Event): boolean => event.occurredAt <= options.now;
  for (let visitor = 0; visitor < options.visitors; visitor++) {
    const random = createRandom(options.seed, visitor);
    const person = createPerson(visitor, random);
    for (const visit of visitsOf(person, period, random)) {
      if (visit.start < period.start) continue;
      const events = visit.events.filter(past);
      const imported = visit.imported.filter(past);
      if (events.length > 0) yield { visitor, userAgent: visit.userAgent, events, imported };
    }
  }
}

interface Memory {
  cart?: Product | undefined;
  displeased: boolean;
  /** The channel of the first visit. */
  channel?: string;
  /** When the trial of the club began. */
  trial?: number;
}

function* visitsOf(
  person: Person,
  period: Period,
  random: Random,
): Generator<Omit<Visit, "visitor"> & { start: number }, void, undefined> {
  const memory: Memory = { displeased: false };
  const lead = person.customer === undefined ? 0 : CUSTOMERS_LEAD;
  let start = momentIn({ start: period.start - lead, end: period.end }, random);
  for (let count = 1; count <= MOST_VISITS && start < period.end; count++) {
    const browser = count === 1 ? person.browsers[0] : random.pick(person.browsers);
    const source = random.weighted(count === 1 ? SOURCES : RETURNS);
    const session = createSession({ person, browser, source, start, random });
    memory.channel ??= source.channel;
    const end = visit(session, period, memory);
    session.leave();
    yield {
      start,
      userAgent: browser.device.userAgent,
      events: [...session.events],
      imported: [...contactsOf(session, browser, end), ...subscriptionOf(session, memory)],
    };
    if (!random.chance(COMES_BACK[person.customer === undefined ? "visitor" : "customer"])) return;
    const day = Math.floor((start + random.around(3.2 * DAY, 0.8)) / DAY) * DAY;
    start = Math.max(momentOn(day, random), session.time() + 40 * MINUTE);
  }
}

function visit(session: Session, period: Period, memory: Memory): Shopping["end"] {
  const { random, person, browser } = session;
  if (browser.device.kind === "bot") return crawl(session);
  const { cart } = memory;
  const back = person.customer !== undefined && random.chance(TO_ACCOUNT);
  if (back) {
    session.open("Home", "/");
    signIn(session);
    visitAccount(session, memory.displeased ? "displeased" : "content");
    if (memory.trial === undefined && random.chance(TRIAL.begun)) {
      session.wait(9);
      session.record("trial_started", { properties: { offer: "club" } });
      memory.trial = session.time();
    }
    if (random.chance(0.5)) return "left";
  }
  const result =
    cart !== undefined && random.chance(TAKES_UP_CART)
      ? checkOut(session, cart, period)
      : shop(session, period);
  memory.cart = result.end === "cart" ? result.product : undefined;
  if (result.end === "failed") memory.displeased = true;
  if (result.end === "bought") memory.displeased = false;
  return result.end;
}

function crawl(session: Session): "left" {
  for (let pages = session.random.whole(2, 8); pages > 0; pages--) {
    session.open("Category", `/c/page-${pages}`);
    session.wait(1);
  }
  return "left";
}

function contactsOf(session: Session, browser: Browser, end: Shopping["end"]): Event[] {
  const { random, person } = session;
  if (browser.device.kind === "bot") return [];
  const failed = end === "failed";
  const moved = session.events.some(({ name }) => name === "form_submit");
  const calls = moved ? ADDRESS_FORM.calls : CALLS.otherwise;
  if (!random.chance(failed ? CALLS.failed : calls)) return [];
  const usual = random.pick(["delivery", "invoice", "contract", "product"]);
  const reason = failed ? "payment" : moved ? "address" : usual;
  return contactAfter({ time: session.time(), reason }, person, browser, random);
}

/** What the billing says at the end of a trial that was begun in this visit. */
function subscriptionOf({ events, person, random }: Session, { channel }: Memory): Event[] {
  const trial = events.find(({ name }) => name === "trial_started");
  const share = channel === "paid_search" ? TRIAL.subscribedOfPaidSearch : TRIAL.subscribed;
  if (trial === undefined || person.customer === undefined || !random.chance(share)) return [];
  const occurredAt = trial.occurredAt + random.whole(2 * DAY, TRIAL.days * DAY);
  return [
    {
      id: random.uuid(occurredAt),
      name: "subscribed",
      occurredAt,
      userId: person.customer.userId,
      channel: "server",
      outcome: "success",
      value: 4.9,
      currency: "EUR",
      properties: { offer: "club" },
    },
  ];
}

import type { Context, Event, Page } from "@balise/schema";
import { type PageName, SHOP, TITLES } from "./catalogue.js";
import type { Source } from "./channels.js";
import type { Browser, Person } from "./person.js";
import type { Random } from "./random.js";
import { MINUTE } from "./rhythm.js";

/** A session ends after 30 minutes without an event: pauses stay below. */
const LONGEST_PAUSE = 24 * MINUTE;

/** Share of the pages looked at for longer of which the depth is told. */
const SCROLLS = 0.2;

/** What an event adds to what the session already says. */
type Details = Partial<
  Pick<Event, "outcome" | "value" | "currency" | "properties" | "traits" | "feedback">
>;

/** One visit as the tag in the page would record it. */
export interface Session {
  readonly person: Person;
  readonly browser: Browser;
  readonly source: Source;
  readonly random: Random;
  readonly events: readonly Event[];
  /** The moment of the latest event. */
  time(): number;
  /** Lets some seconds pass: `median` or less in half of the cases. */
  wait(median: number): void;
  /** Opens a page and records the view; `path` starts with `/`. */
  open(name: PageName, path: string, title?: string): void;
  record(name: string, details?: Details): void;
  /** Leaves the last page. */
  leave(): void;
}

export interface SessionParts {
  person: Person;
  browser: Browser;
  source: Source;
  start: number;
  random: Random;
}

export function createSession(parts: SessionParts): Session {
  const { person, browser, source, start, random } = parts;
  browser.anonymousId ??= random.uuid(start);
  const { anonymousId } = browser;
  const sessionId = random.uuid(start);
  const events: Event[] = [];
  const context = contextOf(person, browser);
  let time = start;
  let page: Page = {};
  let area: Event["area"] = "public";
  let opened = start;

  /** What the tag tells of the page that is left. */
  function leave(): void {
    if (page.url === undefined) return;
    // Part of the time the page is behind others.
    const seconds = Math.round(((time - opened) / 100) * (0.6 + 0.4 * random.next())) / 10;
    if (seconds > 0) record("visible_time", { properties: { seconds } });
    if (seconds > 10 && random.chance(SCROLLS))
      record("scroll_depth", { properties: { depth: random.pick([25, 50, 75, 100]) } });
  }

  function record(name: string, details: Details = {}): void {
    const { userId } = browser;
    // Two events of a visit never share a millisecond, so that their order can be told.
    if (events.length > 0) time += random.whole(2, 60);
    events.push({
      id: random.uuid(time),
      name,
      occurredAt: time,
      anonymousId,
      sessionId,
      ...(userId !== undefined && { userId }),
      ...(userId !== undefined &&
        person.customer?.accountId !== undefined && { accountId: person.customer.accountId }),
      channel: browser.device.channel,
      ...(area !== undefined && { area }),
      page,
      ...(source.campaign !== undefined && { campaign: source.campaign }),
      ...details,
      context,
    });
  }

  return {
    person,
    browser,
    source,
    random,
    events,
    time: () => time,
    wait(median) {
      time += Math.round(Math.min(LONGEST_PAUSE, random.around(median * 1000, 0.7)));
    },
    open(name, path, title = TITLES[name][person.language]) {
      leave();
      const query = page.url === undefined && source.query !== undefined ? `?${source.query}` : "";
      const referrer = page.url ?? source.referrer;
      page = {
        url: `${SHOP}${path}${query}`,
        title: `${title} · Shop`,
        ...(referrer !== undefined && { referrer }),
        name,
      };
      area = path.startsWith("/account") ? "connected" : "public";
      record("page_view");
      opened = time;
    },
    record,
    leave,
  };
}

function contextOf(person: Person, { device }: Browser): Context {
  return {
    locale: person.language === "fr" ? "fr-FR" : "en-GB",
    timezone: person.timezone,
    screen: device.screen,
    viewport: device.viewport,
    sdk: "balise-js/0.1.0",
    ...(device.app !== undefined && { app: device.app }),
    consent: person.consent,
  };
}

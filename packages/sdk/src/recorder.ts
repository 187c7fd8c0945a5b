import { landingOf } from "./campaign.js";
import type { ConsentGate } from "./consent.js";
import { contextOf } from "./context.js";
import type { Extras } from "./events.js";
import type { Identity, Person } from "./identity.js";
import type { TagOptions } from "./options.js";
import type { Pages } from "./page.js";
import type { Session } from "./session.js";
import type { Campaign } from "./wire.js";

/**
 * Makes an event of a call. `login` runs just before the event gets its person and session, and
 * says whether there is to be one; the event then tells how the person first came.
 */
export type Record = (
  name: string,
  properties?: object,
  extras?: Extras,
  login?: (full: boolean, person: Person) => boolean,
) => void;

export interface RecorderParts {
  options: TagOptions;
  now: () => number;
  uuid: () => string;
  identity: Identity;
  session: (at: number, campaign?: Campaign) => Session;
  pages: Pages;
  consent: ConsentGate;
  keep: (id: string, json: string) => void;
}

/**
 * What the page shows is taken at the moment of the call; who the person is, once the visitor
 * has decided. What is no value of the wire is for the collector to refuse, with its reason.
 */
export function createRecorder(parts: RecorderParts): Record {
  const { options, now, uuid, identity, session, pages, consent, keep } = parts;
  const { area, channel = "web", traits: allowed = [], app, keepClickId } = options;
  let landing: string | undefined;

  return (name, properties, { traits, page, campaign: given, ...extras } = {}, login) => {
    const at = now();
    const here = pages.current();
    const { campaign, clickId } = landing === location.href ? {} : landingOf(location.search);
    landing = location.href;
    // As a text: what the page changes later does not change the event.
    const call = JSON.stringify({
      name,
      occurredAt: at,
      channel,
      area: typeof area === "function" ? area() : area,
      page: { ...here, ...page },
      properties:
        keepClickId && clickId && consent.state() === "full"
          ? { ...properties, clickId }
          : properties,
      ...extras,
    });
    const known = Object.entries(traits ?? {}).filter(([trait]) => allowed.includes(trait));
    consent.run(() => {
      const full = consent.state() === "full";
      const first = { firstTouch: { ...campaign, referrer: here.referrer } };
      if (login && !login(full, identity.get(first))) return;
      const person = identity.get(first);
      const running = session(at, campaign);
      const id = uuid();
      const who = JSON.stringify({
        id,
        anonymousId: person.anonymousId,
        sessionId: running.id,
        campaign: given ?? running.campaign,
        ...(full && {
          userId: person.userId,
          accountId: person.accountId,
          traits: known[0] && Object.fromEntries(known),
        }),
        context: contextOf(full ? "full" : "exempt", app),
        ...(login && { properties: { firstTouch: person.firstTouch } }),
      });
      keep(id, `${who.slice(0, -1)},${call.slice(1)}`);
    });
  };
}

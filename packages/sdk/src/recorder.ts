import { campaignOf } from "./campaign.js";
import type { ConsentGate } from "./consent.js";
import { contextOf } from "./context.js";
import type { Extras } from "./events.js";
import { fitExtras } from "./extras.js";
import { fitName, fitProperties, type Warn } from "./fit.js";
import type { Identity } from "./identity.js";
import type { TagOptions } from "./options.js";
import type { Pages } from "./page.js";
import type { Sessions } from "./session.js";
import type { Event } from "./wire.js";

/**
 * Makes an event of a call. `before` runs just before it gets its person and session, and may
 * say that there is to be no event.
 */
export type Record = (
  name: unknown,
  properties?: object,
  extras?: Extras,
  before?: () => boolean,
) => void;

export interface RecorderParts {
  options: TagOptions;
  window: Window;
  now: () => number;
  uuid: () => string;
  identity: Identity;
  sessions: Sessions;
  pages: Pages;
  consent: ConsentGate;
  explain: Warn;
  keep: (event: Event) => void;
}

/**
 * What the page shows is taken at the moment of the call; who the person is, once the visitor
 * has decided.
 */
export function createRecorder(parts: RecorderParts): Record {
  const { options, now, uuid, identity, sessions, pages, consent, explain } = parts;
  let landing: string | undefined;

  return (name, properties, extras = {}, before) => {
    const fittedName = fitName(name);
    if (fittedName === undefined) {
      return explain(`an event needs a name, not ${String(name)}: dropped`);
    }
    const at = now();
    const { area: place, channel = "web" } = options;
    const area = typeof place === "function" ? place() : place;
    const { traits, page, ...fitted } = fitExtras({ channel, area, ...extras }, explain);
    const here = pages.current();
    const url = parts.window.location.href;
    const campaign = url === landing ? undefined : campaignOf(url);
    landing = url;
    const fittedProperties = properties && fitProperties(properties, explain);
    const draft = {
      name: fittedName,
      occurredAt: at,
      page: { ...here, ...page },
      ...(fittedProperties && { properties: fittedProperties }),
      ...fitted,
    };
    consent.run(() => {
      if (before && !before()) return;
      const { anonymousId, userId, accountId } = identity.get();
      const session = sessions.touch(at, campaign);
      const state = consent.state() === "full" ? "full" : "exempt";
      parts.keep({
        id: uuid(),
        anonymousId,
        sessionId: session.id,
        ...(session.campaign && { campaign: session.campaign }),
        ...(state === "full" && {
          ...(userId !== undefined && { userId }),
          ...(accountId !== undefined && { accountId }),
          ...(traits && { traits }),
        }),
        ...draft,
        context: contextOf(parts.window, state, options.app),
      });
    });
  };
}

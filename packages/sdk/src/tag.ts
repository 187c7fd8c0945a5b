import { LIMITS } from "@balise/schema/limits";
import { createConsent } from "./consent.js";
import { createContext } from "./context.js";
import { createDelivery } from "./delivery.js";
import type { AnyEvents, Extras, LostEvent, TrackArguments } from "./events.js";
import { createIdentity } from "./identity.js";
import { followPage } from "./lifecycle.js";
import type { ConsentState, Handover, TagOptions } from "./options.js";
import { nothing } from "./nothing.js";
import { createOutbox } from "./outbox.js";
import { createPages } from "./page.js";
import type { Platform } from "./platform.js";
import { touchSession } from "./session.js";
import { attempt, parse } from "./storage.js";
import { createTransport } from "./transport.js";
import { createUuid } from "./uuid.js";
import { warn } from "./warn.js";
import type { Page, Traits } from "./wire.js";

/** None of its methods throws, and none waits for the network but `flush`. */
export interface Tag<E = AnyEvents> {
  /** Something happened. It is stored before the call returns. */
  track<Name extends keyof E & string>(name: Name, ...rest: TrackArguments<E[Name]>): void;
  /** The visitor sees a page; its name stays with later events until the address changes. */
  page(page?: Page): void;
  /** The visitor is this user of the team's, until `reset()`. */
  identify(userId: string | number, traits?: Traits): void;
  /** The visitor acts for this company or household, until `reset()`. */
  group(accountId: string | number, traits?: Traits): void;
  /** The next event belongs to somebody new: call it at logout. */
  reset(): void;
  /** Sends what waits; resolves when it was answered or has to wait for the collector. */
  flush(): Promise<void>;
  /** What the visitor decided. */
  consent(state: ConsentState): void;
  /** Goes on as the person and in the session that an app around the page knows. */
  handover(known: Handover): void;
  /** Removes everything that the tag keeps in this browser; what comes later is of somebody new. */
  forget(): void;
}

/** What a server gets: every call does nothing. */
export const idleTag: Tag = {
  track: nothing,
  page: nothing,
  identify: nothing,
  group: nothing,
  reset: nothing,
  flush: async () => undefined,
  consent: nothing,
  handover: nothing,
  forget: nothing,
};

/** The tag over its platform; `createTag` gives it the browser. Throws when the host is no address. */
export function startTag(options: TagOptions, platform: Platform): Tag {
  const { now, after, store } = platform;
  const { key, host, cookies, storagePrefix = "balise", onReject = warn } = options;
  const url = new URL(host.replace(/\/*$/, "/v1/batch"), location.href).href;
  const uuid = createUuid(now);
  const prefix = `${storagePrefix}.`;
  const person = `${prefix}person`;
  const session = `${prefix}session`;
  const denied = `${prefix}denied`;
  /** Of what the subdomains share. */
  const shared = cookies ? cookies(store) : store;
  let leaving: (() => boolean) | undefined;

  const consent = createConsent(options, () => shared.get(denied));
  const pages = createPages(options);
  const identity = createIdentity(
    shared,
    person,
    store,
    `${prefix}details`,
    pages.landing,
    now,
    uuid,
  );
  const tab = `${Math.random()}`.slice(2);
  const outbox = createOutbox(store, `${prefix}outbox.${key}.`, tab);
  const lose = (lost: LostEvent): void => attempt(() => onReject(lost));
  const delivery = createDelivery(
    options,
    platform,
    outbox,
    createTransport(options, platform, url),
    () => {
      const count = outbox.dropped();
      if (count) record("events_dropped", { count });
    },
    lose,
  );
  const { area, channel = "web", traits: allowed = [] } = options;
  const contextOf = createContext(options.app, after);

  /**
   * What the page shows is taken at the moment of the call; who the person is, once the visitor
   * has decided. What is no value of the wire is for the collector to refuse, with its reason.
   */
  function record(name: string, properties?: object, extras: Extras = {}): void {
    const at = now();
    const { here, campaign } = pages.current();
    // As texts: what the page changes later does not change the event.
    const call = JSON.stringify({
      name,
      occurredAt: at,
      channel,
      area: typeof area === "function" ? area() : area,
      properties,
      ...extras,
      page: { ...here, ...extras.page },
      traits: undefined,
    });
    if (call.length > LIMITS.eventBytes) throw new Error(`${name}: too large`);
    const listed = JSON.stringify(extras.traits, [...allowed]);
    consent.run(() => {
      const full = consent.state() === "full";
      const { anonymousId, userId, accountId } = identity.get();
      const running = touchSession(shared, session, at, uuid, campaign);
      const id = uuid();
      const json = JSON.stringify({
        id,
        anonymousId,
        sessionId: running.id,
        campaign: running.campaign,
        ...(full && { userId, accountId, traits: listed && parse(listed) }),
        context: contextOf(full ? "full" : "exempt"),
        ...parse(call),
      });
      if (options.debug) warn(json);
      follow();
      delivery.notice(outbox.add(id, json));
      // A page that is left may not live to see the next timer.
      if (leaving?.()) delivery.leave();
    });
  }

  /** The call that tells a field of the person, and the event that it makes. */
  const knowing = (field: "userId" | "accountId", name: string) =>
    guard((value: string | number, traits?: Traits) => {
      const id = typeof value === "object" ? "" : String(value ?? "");
      // Never cut: two people would become one.
      if (!id || id.length > LIMITS.identifierCharacters) throw new Error(`no ${field}`);
      consent.run(() => {
        const known = identity.get();
        // Pages say it again and again; it happened once.
        if (consent.state() !== "full" || (known[field] === id && !traits)) return;
        // Two users of one browser are two people.
        if (field === "userId" && known.userId && known.userId !== id) reset();
        const person = { ...identity.get(), [field]: id };
        identity.set(person);
        record(name, { firstTouch: person.firstTouch }, { traits });
      });
    });

  function reset(): void {
    shared.set(person, null);
    shared.set(session, null);
  }

  function forget(): void {
    reset();
    for (const name of store.keys()) {
      if (name.startsWith(prefix) && name !== denied) store.set(name, null);
    }
  }

  function decide(state: ConsentState): void {
    if (state === "denied") forget();
    shared.set(denied, state === "denied" ? "1" : null);
    consent.decide(state);
    begin();
  }

  function follow(): void {
    leaving ??= followPage(platform, outbox, delivery, `${prefix}tab.`, tab);
  }

  function begin(): void {
    consent.run(() => {
      if (consent.state() === "exempt") {
        identity.set({ ...identity.get(), userId: undefined, accountId: undefined });
      }
      follow();
    });
  }

  /** Whatever goes wrong in here is never the page's problem. */
  function guard<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      try {
        run(...args);
      } catch (error) {
        lose({ id: null, code: "invalid_event", message: String(error) });
      }
    };
  }

  if (options.consent === "full") shared.set(denied, null);
  if (options.consent === "denied") forget();
  // The first look into storage makes the browser load it: not while the page starts.
  after(begin, 0);
  document.addEventListener("prerenderingchange", begin);
  return {
    track: guard(record),
    page: guard((page: Page = {}) => {
      pages.name(page);
      record("page_view");
    }),
    identify: knowing("userId", "identify"),
    group: knowing("accountId", "group"),
    reset: guard(() => consent.run(reset)),
    flush: delivery.flush,
    consent: guard(decide),
    handover: guard(({ anonymousId, sessionId }: Handover) =>
      consent.run(() => {
        // What is no UUID there counts as nothing.
        if (anonymousId) shared.set(person, anonymousId);
        if (sessionId) {
          shared.set(session, null);
          touchSession(shared, session, now(), () => sessionId);
        }
      }),
    ),
    forget: guard(forget),
  };
}

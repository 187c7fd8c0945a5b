import { LIMITS } from "@balise/schema/limits";
import { createCell } from "./cell.js";
import { createConsent } from "./consent.js";
import { watchViewport } from "./context.js";
import { cookieStore } from "./cookie.js";
import { createDelivery } from "./delivery.js";
import type { AnyEvents, LostEvent, TrackArguments } from "./events.js";
import { createIdentity } from "./identity.js";
import { followPage } from "./lifecycle.js";
import type { ConsentState, Handover, TagOptions } from "./options.js";
import { createOutbox } from "./outbox.js";
import { createPages } from "./page.js";
import type { Platform } from "./platform.js";
import { createRecorder } from "./recorder.js";
import { touchSession } from "./session.js";
import { attempt } from "./storage.js";
import { createTransport } from "./transport.js";
import { createUuid, isUuid } from "./uuid.js";
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

const nothing = (): void => undefined;

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

/** The tag over its platform; `createTag` gives it the browser. Throws without a key or a host. */
export function startTag(options: TagOptions, platform: Platform): Tag {
  const { now, store } = platform;
  const {
    key,
    cookieDomain,
    storagePrefix: prefix = "balise",
    hashUserId,
    onReject = ({ id, code, message }) => warn(`event ${id} is lost: ${code}: ${message}`),
  } = options;
  if (!key) throw new Error("no key");
  const url = `${new URL(options.host, location.href).href.replace(/\/+$/, "")}/v1/batch`;
  const uuid = createUuid(now);
  const tab = uuid();
  const small = cookieDomain ? cookieStore(cookieDomain) : store;
  const session = createCell(small, `${prefix}.session`);
  const refusal = createCell(small, `${prefix}.denied`);
  let logins = 0;
  let leaving: (() => boolean) | undefined;

  const consent = createConsent(
    options.consent ?? "full",
    // https://privacycg.github.io/gpc-spec/: true or absent, and not in TypeScript's DOM yet.
    (options.respectGpc !== false && Reflect.get(navigator, "globalPrivacyControl") === true) ||
      (options.respectDnt === true && navigator.doNotTrack === "1"),
    () => refusal.get() !== null,
  );
  const person = createCell(small, `${prefix}.person`);
  const identity = createIdentity(person, createCell(store, `${prefix}.details`), now, uuid);
  const outbox = createOutbox(store, `${prefix}.outbox.${key}.`, tab);
  const lose = (lost: LostEvent): void => attempt(() => onReject(lost));
  const delivery = createDelivery({
    ...platform,
    writeKey: key,
    outbox,
    send: createTransport({
      ...platform,
      url,
      fetch: options.fetch ?? platform.fetch,
      credentials: cookieDomain ? "include" : "omit",
    }),
    batchDelay: options.batchDelay ?? 1000,
    onAccept() {
      const count = outbox.dropped();
      if (count) record("events_dropped", { count });
    },
    onReject: lose,
  });
  const pages = createPages(options);
  const record = createRecorder({
    options,
    now,
    uuid,
    identity,
    session: (at, campaign) => touchSession(session, at, uuid, campaign),
    pages,
    consent,
    keep(id, json) {
      if (options.debug) warn(json);
      if (json.length > LIMITS.eventBytes) {
        return lose({ id, code: "event_too_large", message: `${json.length} characters` });
      }
      delivery.notice(outbox.add(id, json));
      // A page that is left may not live to see the next timer.
      if (leaving?.()) delivery.leave();
    },
  });

  function know(field: "userId" | "accountId", value: unknown, traits?: Traits): void {
    const id = typeof value === "number" ? `${value}` : value;
    const name = field === "userId" ? "identify" : "group";
    // Never cut: two people would become one.
    if (typeof id !== "string" || !id || id.length > LIMITS.identifierCharacters) {
      return warn(`${name}() takes 1 to ${LIMITS.identifierCharacters} characters`);
    }
    record(name, undefined, traits && { traits }, (full, known) => {
      // Pages say it again and again; it happened once.
      if (!full || (known[field] === id && !traits)) return false;
      // Two users of one browser are two people.
      if (field === "userId" && known.userId && known.userId !== id) reset();
      identity.set({ ...identity.get(), [field]: id });
      return true;
    });
  }

  function identify(userId: string | number, traits?: Traits): void {
    const login = ++logins;
    if (!hashUserId) return know("userId", userId, traits);
    // Until the hash is there, events have no user; the collector knows them by their device.
    Promise.resolve(hashUserId(`${userId}`)).then(
      (id) => login === logins && know("userId", id, traits),
      warn,
    );
  }

  function reset(): void {
    logins++;
    identity.reset();
    session.set(null);
  }

  function forget(): void {
    reset();
    outbox.clear();
    for (const name of store.keys()) {
      if (name.startsWith(`${prefix}.`) && name !== `${prefix}.denied`) store.remove(name);
    }
  }

  function take({ anonymousId, sessionId, userId, accountId }: Handover): void {
    consent.run(() => {
      if (isUuid(anonymousId)) person.set(anonymousId);
      if (isUuid(sessionId)) {
        session.set(JSON.stringify({ id: sessionId, startedAt: now(), lastAt: now() }));
      }
    });
    if (userId) identify(userId);
    if (accountId) know("accountId", accountId);
  }

  function decide(state: ConsentState): void {
    if (state === "denied") forget();
    refusal.set(state === "denied" ? "1" : null);
    consent.decide(state);
    begin();
  }

  function begin(): void {
    const state = consent.state();
    if (state === "denied" || state === "pending") return;
    if (state === "exempt") identity.forget();
    leaving ??= followPage({ ...platform, outbox, delivery, prefix: `${prefix}.tab.`, tab });
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

  if (options.consent === "full") refusal.set(null);
  if (options.consent === "denied") forget();
  attempt(watchViewport);
  begin();
  const tag: Tag = {
    track: guard(record),
    page: guard((page: Page = {}) => {
      pages.name(page);
      record("page_view");
    }),
    identify: guard(identify),
    group: guard((accountId: unknown, traits?: Traits) => know("accountId", accountId, traits)),
    reset: guard(() => consent.run(reset)),
    flush: () => delivery.flush().catch(() => undefined),
    consent: guard(decide),
    handover: guard(take),
    forget: guard(forget),
  };
  if (options.handover) tag.handover(options.handover);
  return tag;
}

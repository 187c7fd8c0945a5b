import { createConsent } from "./consent.js";
import { createDelivery } from "./delivery.js";
import type { AnyEvents, Extras, TrackArguments } from "./events.js";
import { fitIdentifier } from "./fit.js";
import { createIdentity } from "./identity.js";
import { followPage } from "./lifecycle.js";
import type { ConsentState, Handover, TagOptions } from "./options.js";
import { createOutbox } from "./outbox.js";
import { createPages } from "./page.js";
import type { Platform } from "./platform.js";
import { createRecorder } from "./recorder.js";
import { createSessions } from "./session.js";
import { createTabs } from "./tabs.js";
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
}

/** About two hours of a busy page, within a fifth of what `localStorage` holds. */
const MAX_EVENTS = 1000;
const MAX_BYTES = 1_000_000;

const nothing = (): void => undefined;

/** What a server gets: every call does nothing. */
export const idleTag: Tag = {
  track: nothing,
  page: nothing,
  identify: nothing,
  group: nothing,
  reset: nothing,
  flush: () => Promise.resolve(),
  consent: nothing,
  handover: nothing,
};

/** The tag over its platform; `createTag` gives it the browser. */
export function startTag(options: TagOptions, platform: Platform): Tag {
  const { window, document, now, fill } = platform;
  const { key, onReject = nothing, storagePrefix = "balise" } = options;
  const explain = options.debug ? warn : nothing;
  const uuid = createUuid(now, fill);
  const tab = uuid();
  // https://privacycg.github.io/gpc-spec/: true or absent, and not in TypeScript's DOM yet.
  const gpc: Navigator & { globalPrivacyControl?: boolean } = window.navigator;
  const limited = options.respectGpc !== false && gpc.globalPrivacyControl === true;

  let following = false;
  const consent = createConsent(options.consent ?? "full", limited);
  const identity = createIdentity({
    store: platform.small,
    key: `${storagePrefix}.person`,
    now,
    uuid,
  });
  const sessions = createSessions(platform.small, `${storagePrefix}.session`, uuid);
  const outbox = createOutbox({
    store: platform.large,
    prefix: `${storagePrefix}.outbox.${key}.`,
    tab,
    maxEvents: MAX_EVENTS,
    maxBytes: MAX_BYTES,
    onDrop: (id) =>
      lose({ id, code: "outbox_full", message: "too many events wait: the oldest go" }),
  });
  const delivery = createDelivery({
    ...platform,
    outbox,
    transport: createTransport({
      ...platform,
      ...(options.fetch && { fetch: options.fetch }),
      host: new URL(options.host, window.location.href).href,
      writeKey: key,
    }),
    batchDelay: options.batchDelay ?? 1000,
    onReject: (lost) => lose(lost),
    onRefused: (status) =>
      warn(
        `${status} from ${options.host}: ${
          status === 401
            ? `it does not know the key "${key}"`
            : `${window.location.origin} is not among the origins of the site`
        }. Events are kept.`,
      ),
  });
  const tabs = createTabs(outbox, platform.locks, `${storagePrefix}.tab.`, tab, now);
  const pages = createPages(document, window.location, options.scrubUrl ?? ((url) => url));
  const lose: typeof onReject = (lost) => {
    explain(`event ${lost.id} is lost: ${lost.code}: ${lost.message}`);
    guard(() => onReject(lost))();
  };
  const record = createRecorder({
    options,
    window,
    now,
    uuid,
    identity,
    sessions,
    pages,
    consent,
    explain,
    keep(event) {
      outbox.add(event.id, JSON.stringify(event));
      // A hidden page may not live to see the next timer.
      if (document.visibilityState === "hidden") delivery.leave();
      delivery.notice();
    },
  });

  function know(field: "userId" | "accountId", value: unknown, traits: Traits | undefined): void {
    const name = field === "userId" ? "identify" : "group";
    const id = fitIdentifier(value);
    if (id === undefined) {
      return explain(
        `${name}() takes an identifier of 1 to 128 characters: ${String(value)} is none`,
      );
    }
    record(name, undefined, traits && { traits }, () => {
      if (consent.state() === "exempt") {
        explain(`${name}() does nothing without full consent`);
        return false;
      }
      const known = identity.get().userId;
      // Two users of one browser are two people.
      if (field === "userId" && known !== undefined && known !== id) reset();
      identity.know({ [field]: id });
      return true;
    });
  }

  function take({ anonymousId, sessionId, userId, accountId }: Handover): void {
    consent.run(() => {
      if (isUuid(anonymousId)) identity.know({ anonymousId, since: now() });
      if (isUuid(sessionId)) sessions.adopt(sessionId, now());
    });
    if (userId) know("userId", userId, undefined);
    if (accountId) know("accountId", accountId, undefined);
  }

  function reset(): void {
    identity.reset();
    sessions.reset();
  }

  function apply(state: ConsentState): void {
    consent.decide(state);
    if (state === "denied") {
      reset();
      outbox.clear();
    } else if (state !== "pending") {
      if (consent.state() === "exempt") identity.forget();
      if (!following) followPage(platform, outbox, delivery, tabs);
      following = true;
    }
  }

  /** Whatever goes wrong in here is never the page's problem. */
  function guard<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      try {
        run(...args);
      } catch (error) {
        explain(String(error));
      }
    };
  }

  guard(apply)(options.consent ?? "full");
  if (options.handover) guard(take)(options.handover);
  return {
    track: guard((name: string, properties?: object, extras?: Extras) =>
      record(name, properties, extras),
    ),
    page: guard((page?: Page) => {
      pages.name(page ?? {});
      record("page_view");
    }),
    identify: guard((userId: unknown, traits?: Traits) => know("userId", userId, traits)),
    group: guard((accountId: unknown, traits?: Traits) => know("accountId", accountId, traits)),
    reset: guard(() => consent.run(reset)),
    flush: () => delivery.flush().catch(nothing),
    consent: guard(apply),
    handover: guard(take),
  };
}

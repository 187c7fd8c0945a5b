import type { Extras } from "../events.js";
import { nothing } from "../nothing.js";
import { attempt, parse } from "../storage.js";
import type { TagConfig, TagTrigger } from "../survey-rules.js";
import type { Tag } from "../tag.js";
import type { Page, Properties, Traits } from "../wire.js";
import type { Asker } from "./asker.js";
import { createMemories } from "./memory.js";
import type { Surveys, SurveysOptions } from "./options.js";
import { createPlane } from "./plane.js";
import type { AskingPlatform } from "./platform.js";
import { type Heard, watch, type Watch } from "./watch.js";

const DAY_MS = 86_400_000;
/** A visit ends after so long without a page of the site; as sessions do. */
const IDLE_MS = 30 * 60_000;
/** Events before the surveys are known that may still trigger one. */
const EARLY = 100;

/** The surveys of a page over their platform; `surveys` gives it the browser. */
export function startSurveys<T extends Tag>(
  tag: T,
  options: SurveysOptions,
  platform: AskingPlatform,
): T & { surveys: Surveys } {
  const { now, fetch, store } = platform;
  const { key, host, cookies, traits: allowed = [], storagePrefix = "balise" } = options;
  const shared = cookies ? cookies(store) : store;
  const plane = createPlane(options, shared, `${storagePrefix}.denied`);
  const isFull = (): boolean => plane.get() === "full";
  const memories = createMemories(store, `${storagePrefix}.surveys`, now, () => !!plane.get());
  const url = (path: string): string => `${host.replace(/\/*$/, "")}/v1/${path}`;
  let config: TagConfig | undefined;
  let asker: () => Promise<Asker>;
  let watches: Watch[] = [];
  let ending: AbortController | undefined;
  let early: Heard[] = [];
  let name: string | undefined;
  let href: string;

  /** As the tag keeps it. */
  function person(): { [field: string]: unknown } {
    const { anonymousId, userId } = parse(store.get(`${storagePrefix}.details`));
    return { anonymousId, userId: isFull() ? userId : undefined };
  }

  function isOn(pages: string | undefined): boolean {
    const own = href === location.href ? name : undefined;
    return !pages || [own ?? "", location.pathname].some((one) => RegExp(pages).test(one));
  }

  /** Whatever goes wrong in here is never the page's problem. */
  const hear = (...heard: Heard): unknown => attempt(() => take(heard));

  function take(heard: Heard): void {
    const [event, , { page, traits = {} } = {}] = heard;
    if (page?.name) {
      name = page.name;
      href = location.href;
    }
    know(traits);
    if (!config) early = [...early, heard].slice(-EARLY);
    else if (config.conversions.includes(event)) memories.change({ converted: true });
    for (const one of watches) one.hear(heard);
  }

  function know(traits: Traits): void {
    const known = Object.entries(traits).filter(([trait]) => allowed.includes(trait));
    if (known[0] && isFull()) {
      memories.change({ traits: { ...memories.get().traits, ...Object.fromEntries(known) } });
    }
  }

  async function begin(): Promise<void> {
    if (config || !plane.get()) return;
    const from = url(`config?k=${encodeURIComponent(key)}`);
    // What the browser's own cache last knew is better than nothing.
    const answer = await fetch(from).catch(() => fetch(from, { cache: "force-cache" }));
    const found: TagConfig = await answer.json();
    if (config || !plane.get() || !answer.ok) return;
    config = found;
    const { signal } = (ending = new AbortController());
    const { lastAt } = memories.get();
    const away = now() - (lastAt ?? NaN);
    // Nothing compares with a first visit's. Both ways, for clocks that were set back.
    const visit = !(Math.abs(away) <= IDLE_MS) && { startedAt: now(), before: lastAt };
    memories.change({ ...visit, ...(!isFull() && { traits: {} }) });
    let loading: Promise<Asker> | undefined;
    const context = { tag: { track }, config, options, platform, memories, isFull, person, url };
    asker = () => (loading ??= platform.asker({ ...context, signal }));
    for (const survey of config.surveys) {
      const due = (trigger?: TagTrigger, causes?: Heard[]): void =>
        void asker().then((one) => one.due(survey, trigger, causes), nothing);
      if (survey.placement === "tab" && !survey.triggers[0]) due();
      for (const trigger of survey.triggers) {
        const one = watch(trigger, isOn, (causes) => due(trigger, causes), signal);
        watches.push(one);
        if ("days" in trigger && away >= trigger.days * DAY_MS) one.fire();
      }
    }
    addEventListener("visibilitychange", () => memories.change({}), { capture: true, signal });
    for (const heard of early.splice(0)) hear(...heard);
  }

  function end(): void {
    config = undefined;
    watches = [];
    ending?.abort();
  }

  const run = (): void => void begin().catch(nothing);

  function track(event: string, properties?: object, extras?: Extras): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is no properties is refused as what the page told
    tag.track(event, properties as Properties | undefined, extras);
    hear(event, properties, extras);
  }

  setTimeout(run);
  document.addEventListener("prerenderingchange", run);
  return {
    ...tag,
    track,
    page(page: Page = {}) {
      tag.page(page);
      hear("page_view", {}, { page });
    },
    identify(userId: string | number, traits?: Traits) {
      tag.identify(userId, traits);
      hear("identify", {}, { traits });
    },
    group(accountId: string | number, traits?: Traits) {
      tag.group(accountId, traits);
      hear("group", {}, { traits });
    },
    reset() {
      tag.reset();
      memories.change({ traits: {}, converted: false });
    },
    consent(state: Parameters<Tag["consent"]>[0]) {
      tag.consent(state);
      plane.decide(state);
      if (state === "denied") end();
      else run();
    },
    surveys: {
      show: async (...call) => !!config && (await asker()).show(...call),
      explain: async () => (config ? (await asker()).explain() : []),
      stop() {
        plane.decide("denied");
        end();
      },
    },
  };
}

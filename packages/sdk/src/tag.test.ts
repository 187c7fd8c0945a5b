// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
import { parseEvent } from "@balise/schema";
import * as fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import type { TagOptions } from "./options.js";
import { webStore } from "./storage.js";
import { startTag } from "./tag.js";
import { fakePlatform } from "./testing/fake-platform.js";
import { memoryStore } from "./testing/memory-store.js";
import { urls } from "./urls.js";
import { isUuid } from "./uuid.js";
import { handOver } from "./webview/handover.js";

beforeEach(() => {
  history.replaceState(null, "", "https://shop.test/");
  document.title = "Shop";
});

const EXTRAS = "value currency outcome area channel occurredAt traits page campaign".split(" ");
const base = { key: "wk", host: "https://c.test", traits: ["band"] };

function setUp(options: Partial<TagOptions> = {}, store = memoryStore()) {
  const fake = fakePlatform(store);
  const tag = startTag({ ...base, ...options }, fake.platform);
  const arrived = async () => {
    await fake.clock.pass(1000);
    return fake.collector.accepted;
  };
  return { ...fake, tag, arrived };
}

test("an event carries its person, session, page and context as the wire wants them", async () => {
  const { tag, arrived, clock } = setUp({ area: "public", app: "shop/1.0" });
  const at = clock.now();
  tag.track("cart_added", { product: "lamp" }, { value: 12.5, currency: "EUR" });
  const [event] = await arrived();
  expect(event).toMatchObject({
    name: "cart_added",
    occurredAt: at,
    channel: "web",
    area: "public",
    value: 12.5,
    currency: "EUR",
    properties: { product: "lamp" },
    page: { url: "https://shop.test/", title: "Shop" },
    context: { sdk: "balise-js/0.1.0", app: "shop/1.0", consent: "full" },
  });
  expect([event?.id, event?.anonymousId, event?.sessionId].every(isUuid)).toBe(true);
  expect(parseEvent(event)).toMatchObject({ ok: true, unknownFields: 0 });
});

test("an event is stored before track returns", () => {
  const { tag, store } = setUp();
  tag.track("cart_added");
  const [key] = store.keys().filter((key) => key.startsWith("balise.outbox.wk."));
  expect(JSON.parse(store.get(key ?? "") ?? "")).toMatchObject({ name: "cart_added" });
});

test("identify and group stay until reset, which makes somebody new", async () => {
  const { tag, arrived } = setUp();
  tag.track("before");
  tag.identify("u1", { band: "35-44" });
  tag.group("a1");
  tag.track("during");
  tag.reset();
  tag.track("after");
  const [before, identify, group, during, after] = await arrived();
  expect(identify).toMatchObject({ name: "identify", userId: "u1", traits: { band: "35-44" } });
  expect(group).toMatchObject({ name: "group", accountId: "a1" });
  expect(during).toMatchObject({ userId: "u1", accountId: "a1" });
  expect(during?.anonymousId).toBe(before?.anonymousId);
  expect(after?.userId).toBeUndefined();
  expect(after?.anonymousId).not.toBe(before?.anonymousId);
  expect(after?.sessionId).not.toBe(before?.sessionId);
});

test("another user on the same browser is another person; the same one again is no event", async () => {
  const { tag, arrived } = setUp();
  tag.identify("u1");
  tag.identify("u1");
  tag.identify("u1", { band: "35-44" });
  tag.identify("u2");
  const [first, again, second, ...more] = await arrived();
  expect(again).toMatchObject({ anonymousId: first?.anonymousId, traits: { band: "35-44" } });
  expect(second?.anonymousId).not.toBe(first?.anonymousId);
  expect(more).toEqual([]);
});

test("of traits only those that the team listed leave the page", async () => {
  const { tag, arrived } = setUp();
  tag.identify("u1", { band: "35-44", salary: 42 });
  tag.track("seen", {}, { traits: { salary: 42 } });
  const [identify, seen] = await arrived();
  expect(identify?.traits).toEqual({ band: "35-44" });
  expect(seen?.traits).toEqual({});
});

test("a login tells how the person first came", async () => {
  history.replaceState(null, "", "/?utm_source=news&gclid=x");
  const { tag, arrived } = setUp();
  tag.page();
  history.pushState(null, "", "/?utm_source=later");
  tag.identify("u1");
  const [, identify] = await arrived();
  expect(identify?.campaign?.source).toBe("later");
  expect(identify?.properties).toEqual({ firstTouch: { source: "news", clickIdType: "gclid" } });
});

test("a template takes the place of the path, and names the page", async () => {
  history.replaceState(null, "", "/contracts/4711?tab=costs");
  const { tag, arrived } = setUp({ address: urls({ templates: ["/contracts/:id", "/help/*"] }) });
  tag.page();
  history.pushState(null, "", "/help/a/b");
  tag.page();
  history.pushState(null, "", "/contracts/4711/edit");
  tag.page();
  const events = await arrived();
  expect(events.map((event) => event.page)).toEqual([
    { url: "https://shop.test/contracts/:id?tab=costs", name: "/contracts/:id", title: "Shop" },
    {
      url: "https://shop.test/help/*",
      name: "/help/*",
      title: "Shop",
      referrer: "https://shop.test/contracts/:id?tab=costs",
    },
    {
      url: "https://shop.test/contracts/4711/edit",
      title: "Shop",
      referrer: "https://shop.test/help/*",
    },
  ]);
});

test("forget removes all that is kept, and what comes later is of somebody new", async () => {
  const { tag, arrived, store, collector } = setUp();
  collector.behaviour = "down";
  tag.identify("u1");
  await arrived();
  const [sent] = collector.posts;
  tag.forget();
  expect(store.keys()).toEqual([]);
  collector.behaviour = "accept";
  tag.track("new");
  const [event, ...more] = await arrived();
  expect(more).toEqual([]);
  expect(event?.anonymousId).not.toBe(sent?.batch.events[0]?.anonymousId);
  expect(event?.userId).toBeUndefined();
});

test("a refusal is remembered by the next page, in every tab, until the visitor agrees", async () => {
  const store = memoryStore();
  const [here, there] = [setUp({ consent: "exempt" }, store), setUp({ consent: "exempt" }, store)];
  here.tag.consent("denied");
  there.tag.track("unseen");
  const next = setUp({ consent: "exempt" }, store);
  next.tag.track("unseen");
  expect([await there.arrived(), await next.arrived()]).toEqual([[], []]);
  next.tag.consent("exempt");
  next.tag.track("seen");
  expect((await next.arrived()).map((event) => event.name)).toEqual(["seen"]);
  next.tag.consent("denied");
  const agreed = setUp({ consent: "full" }, store);
  agreed.tag.track("agreed");
  expect((await agreed.arrived()).map((event) => event.name)).toEqual(["agreed"]);
});

test("Do Not Track makes full consent exempt when the team asks for it", async () => {
  Object.defineProperty(navigator, "doNotTrack", { value: "1", configurable: true });
  try {
    const asked = setUp({ respectDnt: true });
    asked.tag.identify("u1");
    asked.tag.track("seen");
    expect((await asked.arrived()).map((event) => event.context?.consent)).toEqual(["exempt"]);
    const other = setUp();
    other.tag.identify("u1");
    expect((await other.arrived())[0]?.userId).toBe("u1");
  } finally {
    Reflect.deleteProperty(navigator, "doNotTrack");
  }
});

test("what fell out of a full outbox is counted, and the count is sent", async () => {
  const { tag, collector, clock } = setUp();
  collector.behaviour = "down";
  for (let n = 0; n < 1010; n++) tag.track(`event ${n}`);
  await clock.pass(1000);
  collector.behaviour = "accept";
  await clock.pass(200_000);
  expect(collector.accepted.find(({ name }) => name === "events_dropped")?.properties).toEqual({
    count: 10,
  });
  expect(collector.names()).not.toContain("event 9");
  expect(collector.names()).toContain("event 10");
});

test("one event that is too large costs no other", async () => {
  const lost: unknown[] = [];
  const { tag, arrived } = setUp({ onReject: ({ code }) => lost.push(code) });
  tag.track("small");
  tag.track("huge", { text: "x".repeat(70_000) });
  expect((await arrived()).map((event) => event.name)).toEqual(["small"]);
  expect(lost).toEqual(["invalid_event"]);
});

test("nothing of a page that is prepared ahead is kept before it is shown", async () => {
  Object.defineProperty(document, "prerendering", { value: true, configurable: true });
  try {
    const { tag, arrived } = setUp();
    tag.track("ahead");
    expect(await arrived()).toEqual([]);
    Object.defineProperty(document, "prerendering", { value: false, configurable: true });
    document.dispatchEvent(new Event("prerenderingchange"));
    expect((await arrived()).map((event) => event.name)).toEqual(["ahead"]);
  } finally {
    Reflect.deleteProperty(document, "prerendering");
  }
});

test("the name of a page stays with its events until the address changes", async () => {
  const { tag, arrived } = setUp();
  tag.page({ name: "/products/:id" });
  tag.track("seen");
  history.pushState(null, "", "/cart");
  tag.track("elsewhere");
  const [page, seen, elsewhere] = await arrived();
  expect(page).toMatchObject({ name: "page_view", page: { name: "/products/:id" } });
  expect(seen?.page?.name).toBe("/products/:id");
  expect(elsewhere?.page).toEqual({
    url: "https://shop.test/cart",
    title: "Shop",
    referrer: "https://shop.test/",
  });
});

test("an address is kept as the team wants it, referrers included", async () => {
  const { tag, arrived } = setUp({
    address: ({ href }) => ({ url: href.replace(/token=\w+/, "token=…") }),
  });
  history.pushState(null, "", "/reset?token=xyzzy");
  tag.track("a");
  history.pushState(null, "", "/next");
  tag.track("b");
  expect(JSON.stringify(await arrived())).not.toContain("xyzzy");
});

test("the campaign of the landing stays for the session", async () => {
  history.replaceState(null, "", "/?utm_source=news&gclid=x");
  const { tag, arrived } = setUp();
  tag.page();
  history.pushState(null, "", "/cart");
  tag.track("cart_added");
  const [, event] = await arrived();
  expect(event?.campaign).toEqual({ source: "news", clickIdType: "gclid" });
});

test("pending keeps nothing and sends nothing until the visitor decides", async () => {
  const { tag, arrived, store, collector, clock } = setUp({ consent: "pending" });
  tag.track("one");
  tag.identify("u1");
  const at = clock.now();
  await clock.pass(60_000);
  expect(store.keys()).toEqual([]);
  expect(collector.posts).toEqual([]);
  tag.consent("full");
  const [one, identify] = await arrived();
  expect(one).toMatchObject({ name: "one", occurredAt: at });
  expect(one?.userId).toBeUndefined();
  expect(identify).toMatchObject({ name: "identify", userId: "u1" });
});

test("who identified while pending and then agreed to measurement alone stays anonymous", async () => {
  const { tag, arrived, store } = setUp({ consent: "pending" });
  tag.identify("u1");
  tag.track("seen");
  tag.consent("exempt");
  expect((await arrived()).map((event) => [event.name, event.userId])).toEqual([
    ["seen", undefined],
  ]);
  expect(JSON.stringify(store.keys().map((key) => store.get(key)))).not.toContain("u1");
});

test("who refused first and agrees later is measured, leaving included", () => {
  const { tag, collector } = setUp({ consent: "denied" });
  tag.track("unseen");
  tag.consent("full");
  tag.track("seen");
  window.dispatchEvent(new Event("pagehide"));
  expect(collector.names()).toEqual(["seen"]);
});

test("exempt sends no user, account or traits", async () => {
  const { tag, arrived } = setUp({ consent: "exempt" });
  tag.identify("u1", { band: "35-44" });
  tag.group("a1");
  tag.track("seen", {}, { traits: { band: "35-44" } });
  const events = await arrived();
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ name: "seen", context: { consent: "exempt" } });
  expect(events[0]).not.toHaveProperty("userId");
  expect(events[0]).not.toHaveProperty("traits");
});

test("from full to exempt the user is forgotten", async () => {
  const { tag, arrived, store } = setUp();
  tag.identify("u1");
  tag.consent("exempt");
  tag.track("seen");
  const [, seen] = await arrived();
  expect(seen?.userId).toBeUndefined();
  expect(JSON.stringify(store.keys().map((key) => store.get(key)))).not.toContain("u1");
});

test("denied measures nothing and removes what was stored", async () => {
  const { tag, arrived, store } = setUp();
  tag.track("one");
  tag.consent("denied");
  tag.track("two");
  tag.page();
  expect(await arrived()).toEqual([]);
  expect(store.keys()).toEqual(["balise.denied"]);
});

test("without Temporal the timezone is known when the page has settled", async () => {
  const { tag, arrived, clock } = setUp();
  tag.track("first");
  await clock.pass(5000);
  tag.track("second");
  const [first, second] = await arrived();
  expect(first?.context?.timezone).toBeUndefined();
  expect(second?.context?.timezone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test("Global Privacy Control makes full consent exempt, unless the team opts out", async () => {
  Object.assign(navigator, { globalPrivacyControl: true });
  try {
    const strict = setUp();
    strict.tag.identify("u1");
    strict.tag.track("seen");
    expect((await strict.arrived()).map((event) => event.userId)).toEqual([undefined]);
    const loose = setUp({ respectGpc: false });
    loose.tag.identify("u1");
    expect((await loose.arrived())[0]?.userId).toBe("u1");
  } finally {
    Reflect.deleteProperty(navigator, "globalPrivacyControl");
  }
});

test("an event of a hidden page leaves at once", () => {
  const { tag, collector } = setUp();
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  try {
    tag.track("last words");
    expect(collector.names()).toEqual(["last words"]);
  } finally {
    Reflect.deleteProperty(document, "visibilityState");
  }
});

test("turning hidden sends what waits before the system may kill the page", () => {
  const { tag, collector } = setUp();
  tag.track("before");
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  try {
    document.dispatchEvent(new Event("visibilitychange"));
    expect(collector.names()).toEqual(["before"]);
  } finally {
    Reflect.deleteProperty(document, "visibilityState");
  }
});

test("pagehide sends what waits before it returns", () => {
  const { tag, collector } = setUp();
  tag.track("last words");
  window.dispatchEvent(new Event("pagehide"));
  expect(collector.names()).toEqual(["last words"]);
});

test("without storage events still arrive", async () => {
  const { tag, arrived } = setUp(
    {},
    webStore(() => {
      throw new DOMException("denied", "SecurityError");
    }),
  );
  tag.track("one");
  tag.track("two");
  const [one, two] = await arrived();
  expect([one?.name, two?.name]).toEqual(["one", "two"]);
  expect(one?.sessionId).toBe(two?.sessionId);
});

test("a refused key is told once in the console, by what to look at", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { tag, arrived, collector } = setUp();
  collector.behaviour = { status: 401 };
  tag.track("one");
  await arrived();
  tag.track("two");
  await arrived();
  expect(warn.mock.calls).toHaveLength(1);
  expect(warn.mock.calls[0]?.[1]).toMatch(/401.*key.*origin/);
  warn.mockRestore();
});

test("debug prints each event; without it the console hears of lost ones alone", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const loud = setUp({ debug: true });
  const quiet = setUp();
  for (const { tag } of [loud, quiet]) tag.track("cart");
  expect(warn.mock.calls).toHaveLength(1);
  expect(warn.mock.calls[0]?.[1]).toContain('"cart"');
  quiet.collector.reject = () => "no";
  await quiet.arrived();
  expect(warn.mock.calls[1]?.[1]).toMatchObject({ code: "invalid_field", message: "no" });
  warn.mockRestore();
});

test("a callback of the page that throws changes nothing", async () => {
  const { tag, arrived, collector } = setUp({
    onReject: () => {
      throw new Error("page bug");
    },
    area: "public",
  });
  collector.reject = (event) => (event.name === "bad" ? "no" : undefined);
  tag.track("bad");
  await arrived();
  tag.track("good");
  expect((await arrived()).map((event) => event.name)).toEqual(["bad", "good"]);
});

test("nothing that a page passes makes the tag throw, or costs another event", async () => {
  const anything = fc.oneof(fc.anything(), fc.string(), fc.constant("x".repeat(5000)));
  const extras = fc.dictionary(
    fc.constantFrom(...EXTRAS),
    fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom("url", "name", "source"), anything)),
  );
  const pages = fc.dictionary(fc.constantFrom("url", "title", "referrer", "name"), anything);
  await fc.assert(
    fc.asyncProperty(anything, anything, extras, pages, async (name, properties, extra, page) => {
      history.replaceState(null, "", "/");
      const lost: unknown[] = [];
      const { tag, arrived } = setUp({ onReject: (event) => lost.push(event) });
      // A page in JavaScript has no types.
      const free = tag as unknown as Record<string, (...args: unknown[]) => void>;
      free["track"]?.(name, properties, extra);
      free["track"]?.(name, properties, properties);
      free["page"]?.(page);
      free["consent"]?.("full");
      history.pushState(null, "", "/elsewhere");
      tag.track("good", { of: "mine" });
      const events = await arrived();
      expect(events.length + lost.length).toBe(4);
      const good = events.find(({ name }) => name === "good");
      expect(parseEvent(good)).toMatchObject({ ok: true, event: { name: "good" } });
    }),
    { numRuns: 200 },
  );
});

test("a page that an app opens goes on as the app's person, in the app's session", async () => {
  const { platform, collector, clock } = fakePlatform();
  const anonymousId = "01890a5d-ac96-774b-bcce-b302099a8057";
  const sessionId = "01890a5d-ac96-774b-bcce-b302099a8058";
  const tag = startTag({ key: "wk", host: "https://c.test" }, platform);
  handOver(tag, { anonymousId, sessionId, userId: "u1" });
  tag.track("seen");
  await clock.pass(5000);
  const [identify, seen] = collector.accepted;
  expect(identify).toMatchObject({ name: "identify", anonymousId, sessionId, userId: "u1" });
  expect(seen).toMatchObject({ anonymousId, sessionId, userId: "u1" });
});

test("another way to the collector is taken instead of the browser's own", async () => {
  const { platform, collector, clock } = fakePlatform();
  const sent: string[] = [];
  const tag = startTag(
    {
      key: "wk",
      host: "https://c.test",
      fetch: (url) => {
        sent.push(url);
        return Promise.resolve(new Response("{}", { status: 202 }));
      },
    },
    platform,
  );
  tag.track("seen");
  await clock.pass(5000);
  expect(sent).toEqual(["https://c.test/v1/batch"]);
  expect(collector.posts).toEqual([]);
});

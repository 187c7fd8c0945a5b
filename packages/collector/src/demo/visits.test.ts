import { type Event, parseEvent } from "@balise/schema";
import { describe, expect, test } from "vitest";
import { periodUntil } from "./rhythm.js";
import { generateVisits } from "./visits.js";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 9, 15, 12);
const options = { seed: 1, visitors: 1500, days: 30, now: NOON };
const visits = [...generateVisits(options)];
const events = visits.flatMap((visit) => visit.events);
const imported = visits.flatMap((visit) => visit.imported);
const contacts = imported.filter(({ contact }) => contact !== undefined);
const named = (name: string): Event[] => events.filter((event) => event.name === name);

test("the same seed gives the same bytes, another seed others", () => {
  const few = { ...options, visitors: 60 };
  const text = JSON.stringify([...generateVisits(few)]);
  expect(JSON.stringify([...generateVisits(few)])).toBe(text);
  const other = [...generateVisits({ ...few, seed: 2 })];
  const ids = new Set(text.match(/"id":"[^"]+"/g));
  const otherIds = JSON.stringify(other).match(/"id":"[^"]+"/g) ?? [];
  expect(otherIds.length).toBeGreaterThan(100);
  expect(otherIds.filter((id) => ids.has(id))).toEqual([]);
});

test("later on the same day the same events come again, and those since then", () => {
  const idsAt = (now: number): Set<string> =>
    new Set(
      [...generateVisits({ ...options, now })].flatMap((visit) =>
        [...visit.events, ...visit.imported].map(({ id }) => id),
      ),
    );
  const noon = idsAt(NOON);
  const evening = idsAt(NOON + 9 * 3_600_000);
  expect([...noon].filter((id) => !evening.has(id))).toEqual([]);
  expect(evening.size).toBeGreaterThan(noon.size);
});

test("the collector takes every event as it is", () => {
  const refused = [...events, ...imported].flatMap((event) => {
    const parsed = parseEvent(event);
    return parsed.ok && parsed.unknownFields === 0 ? [] : [parsed];
  });
  expect(refused).toEqual([]);
  expect(events.length).toBeGreaterThan(15_000);
});

test("every event lies within the period, and its id holds its time", () => {
  const { start } = periodUntil(NOON, 30);
  expect(start).toBe(Date.UTC(2026, 8, 16));
  for (const { id, occurredAt } of [...events, ...imported]) {
    expect(occurredAt).toBeGreaterThanOrEqual(start);
    expect(occurredAt).toBeLessThanOrEqual(NOON);
    expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(occurredAt);
  }
  const days = new Set(events.map(({ occurredAt }) => Math.floor(occurredAt / DAY)));
  expect(days.size).toBe(30);
});

test("no id comes twice", () => {
  const ids = [...events, ...imported].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe("a session", () => {
  test("is one visit of one browser, in order, without a pause of 30 minutes", () => {
    const sessions = new Set<string>();
    for (const visit of visits) {
      const ids = new Set(visit.events.map((event) => event.sessionId));
      expect(ids.size).toBe(1);
      expect(new Set(visit.events.map((event) => event.anonymousId)).size).toBe(1);
      visit.events.forEach((event, place) => {
        const before = visit.events[place - 1];
        if (before === undefined) return;
        const pause = event.occurredAt - before.occurredAt;
        expect(pause).toBeGreaterThan(0);
        expect(pause).toBeLessThan(30 * 60_000);
      });
      sessions.add([...ids].join());
    }
    expect(sessions.size).toBe(visits.length);
  });

  test("lies 30 minutes or more from the next of the same browser", () => {
    const ends = new Map<string, number>();
    for (const { events: of } of visits) {
      const [first, last] = [of[0], of.at(-1)];
      const device = first?.anonymousId ?? "";
      const before = ends.get(device);
      if (before !== undefined) {
        expect((first?.occurredAt ?? 0) - before).toBeGreaterThanOrEqual(30 * 60_000);
      }
      ends.set(device, last?.occurredAt ?? 0);
    }
    expect(ends.size).toBeLessThan(visits.length);
  });

  test("starts with a page, whose channel the following pages refer to", () => {
    for (const { events: of } of visits) {
      const pages = of.filter((event) => event.name === "page_view");
      expect(of[0]?.name).toBe("page_view");
      pages.slice(1).forEach((page, place) => {
        expect(page.page?.referrer).toBe(pages[place]?.page?.url);
      });
    }
  });
});

test("visitors become known by login, and some of them on a second device", () => {
  const identified = named("identify");
  expect(identified.length).toBeGreaterThan(100);
  const devices = new Map<string, Set<string>>();
  for (const { userId = "", anonymousId = "" } of identified) {
    devices.set(userId, (devices.get(userId) ?? new Set()).add(anonymousId));
  }
  expect([...devices.values()].filter((of) => of.size === 2).length).toBeGreaterThan(10);
  const known = new Set(identified.map((event) => event.anonymousId));
  const before = events.filter(
    (event) => event.userId === undefined && known.has(event.anonymousId),
  );
  expect(before.length).toBeGreaterThan(100);
});

test("nothing names a user or traits without full consent", () => {
  const named = events.filter(({ userId, traits }) => userId !== undefined || traits !== undefined);
  expect(named.length).toBeGreaterThan(500);
  expect(named.filter((event) => event.context?.consent !== "full")).toEqual([]);
});

test("the connected area is seen by known customers alone", () => {
  const connected = events.filter((event) => event.area === "connected");
  const names = new Set(connected.map((event) => event.page?.name));
  expect(names).toContain("My contracts");
  expect(connected.some(({ page }) => /\/account\/contracts\/\d+$/.test(page?.url ?? ""))).toBe(
    true,
  );
  expect(connected.filter((event) => event.userId === undefined)).toEqual([]);
});

test("orders carry their value in euros, payments their outcome", () => {
  const orders = named("order_completed");
  expect(orders.length).toBeGreaterThan(50);
  for (const { value, currency, outcome } of orders) {
    expect(value).toBeGreaterThan(0);
    expect([currency, outcome]).toEqual(["EUR", "success"]);
  }
  const outcomes = new Set(named("payment_submitted").map((event) => event.outcome));
  expect(outcomes).toEqual(new Set(["success", "failure"]));
});

test("an answer belongs to a display of the same survey", () => {
  const shown = new Set(named("survey_shown").map((event) => event.properties?.["responseId"]));
  const answers = named("survey_answered");
  expect(answers.length).toBeGreaterThan(50);
  expect(answers.filter((event) => !shown.has(event.feedback?.responseId ?? ""))).toEqual([]);
  expect(new Set(answers.map((event) => event.feedback?.metric))).toEqual(
    new Set(["nps", "csat", "ces", "thumbs"]),
  );
  const dismissed = new Set(named("survey_dismissed").map((e) => e.properties?.["responseId"]));
  expect(dismissed.size).toBeGreaterThan(20);
  expect(answers.filter((e) => dismissed.has(e.feedback?.responseId ?? ""))).toEqual([]);
});

test("a contact is opened after a visit and resolved after it was opened", () => {
  const opened = new Map(
    contacts
      .filter((event) => event.name === "contact_opened")
      .map((event) => [event.contact?.contactId, event]),
  );
  const resolved = contacts.filter((event) => event.name === "contact_resolved");
  expect(resolved.length).toBeGreaterThan(5);
  for (const event of resolved) {
    const before = opened.get(event.contact?.contactId);
    expect(event.occurredAt).toBeGreaterThan(before?.occurredAt ?? Infinity);
  }
  expect(new Set(contacts.map((event) => event.channel))).toEqual(new Set(["phone", "chat"]));
});

test("there are webviews, two languages, and more visits in the evening than at night", () => {
  expect(new Set(events.map((event) => event.channel))).toEqual(new Set(["web", "webview"]));
  const locales = new Set(events.map((event) => event.context?.locale));
  expect(locales).toEqual(new Set(["fr-FR", "en-GB"]));
  const hours = (of: readonly number[]): number =>
    events.filter(({ occurredAt }) => of.includes(new Date(occurredAt).getUTCHours())).length;
  expect(hours([18, 19, 20])).toBeGreaterThan(5 * hours([2, 3, 4]));
});

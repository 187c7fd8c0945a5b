import { expect, test } from "vitest";
import { acquisitionChannel } from "../ingest/acquisition.js";
import { readDevice } from "../ingest/user-agent.js";
import { periodUntil } from "./rhythm.js";
import { brokenWeek } from "./stories.js";
import { generateVisits, type Visit } from "./visits.js";

const now = Date.UTC(2026, 9, 15, 18);
const visits = [...generateVisits({ seed: 1, visitors: 6000, days: 30, now })];
const { from, to } = brokenWeek(periodUntil(now, 30));

const timeOf = (visit: Visit): number => visit.events[0]?.occurredAt ?? 0;
const has = (visit: Visit, name: string): boolean =>
  visit.events.some((event) => event.name === name);

/** The share of the visits that come to `reached`, and how many there are. */
function share(of: readonly Visit[], reached: string): { n: number; share: number } {
  return { n: of.length, share: of.filter((visit) => has(visit, reached)).length / of.length };
}

function payments(device: string, broken: boolean): Visit[] {
  return visits.filter(
    (visit) =>
      has(visit, "payment_submitted") &&
      readDevice(visit.userAgent).device === device &&
      (timeOf(visit) >= from && timeOf(visit) < to) === broken,
  );
}

test("the broken week is the seven days before the last seven", () => {
  expect(new Date(from).toISOString()).toBe("2026-10-02T00:00:00.000Z");
  expect(new Date(to).toISOString()).toBe("2026-10-09T00:00:00.000Z");
});

test("the month has the size that the demo promises", () => {
  const events = visits.reduce((sum, visit) => sum + visit.events.length, 0);
  expect(events).toBeGreaterThan(120_000);
  expect(events).toBeLessThan(190_000);
  expect(new Set(visits.map((visit) => visit.visitor)).size).toBeGreaterThan(5500);
});

test("story 1: on mobile, payments fail during one week", () => {
  const broken = share(payments("mobile", true), "order_completed");
  const usual = share(payments("mobile", false), "order_completed");
  expect(broken.n).toBeGreaterThan(100);
  expect(broken.share).toBeLessThan(0.25);
  expect(usual.share).toBeGreaterThan(0.9);
});

test.for(["desktop", "tablet"])("story 1: %s is untouched that week", (device) => {
  const week = share(payments(device, true), "order_completed");
  expect(week.n).toBeGreaterThan(10);
  expect(week.share).toBeGreaterThan(0.85);
});

test("story 1: the failures come with errors, rage clicks, low scores and calls", () => {
  const broken = payments("mobile", true);
  const usual = payments("mobile", false);
  for (const sign of ["js_error", "rage_click"]) {
    expect(share(broken, sign).share).toBeGreaterThan(0.4);
    expect(share(usual, sign).share).toBeLessThan(0.05);
  }
  const callsAfter = (of: readonly Visit[]): number =>
    of.filter((visit) => visit.imported.length > 0).length / of.length;
  expect(callsAfter(broken)).toBeGreaterThan(3 * callsAfter(usual));
  const scores = (of: readonly Visit[]): number[] =>
    of.flatMap((visit) =>
      visit.events.flatMap(({ feedback }) =>
        feedback?.metric === "csat" && feedback.score !== undefined ? [feedback.score] : [],
      ),
    );
  const mean = (of: number[]): number => of.reduce((sum, score) => sum + score, 0) / of.length;
  expect(scores(broken).length).toBeGreaterThan(10);
  expect(mean(scores(broken))).toBeLessThan(mean(scores(usual)) - 1);
});

test("story 2: paid social brings many visits and few buyers, e-mail converts best", () => {
  const cameBy = ({ events: [first] }: Visit): string =>
    acquisitionChannel(first?.campaign, first?.page?.referrer, first?.page?.url);
  const buyers = (channel: string) =>
    share(
      visits.filter((visit) => cameBy(visit) === channel),
      "order_completed",
    );
  const social = buyers("paid_social");
  const email = buyers("email");
  expect(social.n / visits.length).toBeGreaterThan(0.07);
  expect(social.share).toBeLessThan(0.02);
  for (const channel of ["organic_search", "direct", "paid_search"]) {
    expect(buyers(channel).share).toBeGreaterThan(3 * social.share);
    expect(email.share).toBeGreaterThan(1.6 * buyers(channel).share);
  }
});

test("story 3: who changes an address calls about it", () => {
  const changed = visits.filter((visit) => has(visit, "form_submit"));
  const others = visits.filter((visit) => !has(visit, "form_submit"));
  const calls = (of: readonly Visit[]): number =>
    of.filter(({ imported }) => imported.some(({ name }) => name === "contact_opened")).length /
    of.length;
  expect(changed.length).toBeGreaterThan(100);
  expect(calls(changed)).toBeGreaterThan(5 * calls(others));
  const given = visits.filter((visit) => has(visit, "form_abandon"));
  const last = given.flatMap(({ events }) =>
    events.flatMap(({ name, properties }) =>
      name === "form_abandon" ? [properties?.["field"]] : [],
    ),
  );
  expect(last.filter((field) => field === "proof").length / last.length).toBeGreaterThan(0.5);
});

test("story 4: trials of those who came by paid search do not stay", () => {
  const first = new Map<number, string>();
  for (const { visitor, events } of visits) {
    const [event] = events;
    const channel = acquisitionChannel(event?.campaign, event?.page?.referrer, event?.page?.url);
    if (!first.has(visitor)) first.set(visitor, channel);
  }
  const ended = visits.filter(
    (visit) => has(visit, "trial_started") && timeOf(visit) < now - 14 * 86_400_000,
  );
  const stay = (paid: boolean): number => {
    const of = ended.filter(({ visitor }) => (first.get(visitor) === "paid_search") === paid);
    const stayed = of.filter(({ imported }) => imported.some(({ name }) => name === "subscribed"));
    expect(of.length).toBeGreaterThan(20);
    return stayed.length / of.length;
  };
  expect(stay(true)).toBeLessThan(0.4);
  expect(stay(false)).toBeGreaterThan(0.5);
});

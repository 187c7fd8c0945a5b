/** Questions about behaviour against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askStore, explained } from "../../testing/question.js";
import { type Sides, sidesOf } from "../../testing/sides.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { groupedBy, inTime } from "../../testing/plain.js";
import {
  DAY,
  FIRST,
  madeUpVisits,
  startOf,
  storeVisits,
  type VisitEvent,
} from "../../testing/visits.js";
import type { Answer } from "../ask.js";
import { QUERIES } from "../registry.js";

const VISITS = madeUpVisits(600);
const PERIOD = { from: "2026-01-05", to: "2026-01-28" };

/** Longer than all visits. */
const WHOLE = { from: "2026-01-01", to: "2026-02-28" };

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeVisits(store.client, VISITS);
});
afterAll(async () => {
  await store.close();
});

const answer = async (name: string, input: object = {}): Promise<Answer> =>
  askStore(store, name, { ...PERIOD, ...input }, { minGroup: 1 });
const bothSides = async (name: string, input: object, plain: readonly object[]): Promise<Sides> =>
  sidesOf((await answer(name, input)).rows, plain);

const people = (visits: readonly VisitEvent[]): number =>
  new Set(visits.map(({ person }) => person)).size;
const named = (visits: readonly VisitEvent[], ...names: string[]): VisitEvent[] =>
  visits.filter(({ name }) => names.includes(name));
const groupsOf = <K>(
  visits: readonly VisitEvent[],
  key: (visit: VisitEvent) => K,
): [K, VisitEvent[]][] => [...groupedBy(inTime(visits), key)];
const share = (x: number, n: number): number | null => (n === 0 ? null : x / n);

describe("pages", () => {
  const plain = (visits: readonly VisitEvent[]): object[] => {
    const sessions = groupsOf(named(visits, "page_view"), ({ session }) => session);
    const firsts = sessions.map(([, views]) => views[0]);
    const lasts = sessions.map(([, views]) => views.at(-1));
    return groupsOf(named(visits, "page_view"), ({ page }) => page).map(([page, views]) => {
      const exits = lasts.filter((view) => view?.page === page);
      const times = named(visits, "visible_time").filter((time) => time.page === page);
      return {
        page,
        views: views.length,
        people: people(views),
        entries: firsts.filter((view) => view?.page === page).length,
        exits: exits.length,
        peopleLost: new Set(exits.map((view) => view?.person)).size,
        exitRate: exits.length / views.length,
        secondsPerView: times.reduce((sum, { seconds }) => sum + seconds, 0) / views.length,
      };
    });
  };

  it("are what plain code finds, for a device too", async () => {
    const all = await bothSides("pages", {}, plain(VISITS));
    expect(all.asked).toEqual(all.wanted);
    const mobile = await bothSides(
      "pages",
      { filters: [{ property: "device", op: "=", value: "mobile" }] },
      plain(VISITS.filter(({ device }) => device === "mobile")),
    );
    expect(mobile.asked).toEqual(mobile.wanted);
  });

  it("come with the most lost people first, and no more than asked for", async () => {
    const lost = (await answer("pages")).rows.map((row) => Number(row["peopleLost"]));
    expect(lost).toEqual(lost.toSorted((a, b) => b - a));
    expect((await answer("pages", { limit: 1 })).rows).toHaveLength(1);
  });
});

describe("paths", () => {
  const compact = (labels: readonly string[]): string[] =>
    labels.filter((label, n) => label !== labels[n - 1]);

  function plain(
    anchor: string,
    before: boolean,
    what: "page" | "event",
    length: number,
  ): object[] {
    const paths = groupsOf(VISITS, ({ session }) => session).flatMap(([, events]) => {
      const at = events.findIndex(({ name }) => name === anchor);
      const [hit] = events.slice(at);
      if (at < 0 || !hit) return [];
      const around = before ? events.slice(0, at) : events.slice(at + 1);
      const labels = around.flatMap((event) => {
        if (what === "page") return event.name === "page_view" ? [event.page] : [];
        return ["visible_time", "scroll_depth"].includes(event.name) ? [] : [event.name];
      });
      const all = compact(labels);
      const steps = before ? all.slice(-length) : all.slice(0, length);
      return [{ path: steps.join(" → "), person: hit.person }];
    });
    return [...groupedBy(paths, ({ path }) => path)].map(([path, ways]) => ({
      path,
      sessions: ways.length,
      people: new Set(ways.map(({ person }) => person)).size,
      ofSessions: paths.length,
      share: ways.length / paths.length,
    }));
  }

  it.each([
    ["before", "page", 3],
    ["after", "page", 2],
    ["before", "event", 4],
    ["after", "event", 1],
  ] as const)("%s a goal, by %s, of %i steps", async (direction, what, length) => {
    const input = { event: "paid", direction, what, length };
    const { asked, wanted } = await bothSides(
      "paths",
      input,
      plain("paid", direction === "before", what, length),
    );
    expect(asked).toEqual(wanted);
  });
});

it("outcomes are shares of what tells one, unknown ends included", async () => {
  const told = VISITS.filter(({ outcome }) => outcome !== "");
  const plain = groupsOf(told, ({ name }) => name).map(([touchpoint, events]) => {
    const of = (end: string): number => events.filter(({ outcome }) => outcome === end).length;
    return {
      touchpoint,
      events: events.length,
      people: people(events),
      successes: of("success"),
      failures: of("failure"),
      unknowns: of("unknown"),
      successShare: of("success") / events.length,
      failureShare: of("failure") / events.length,
      unknownShare: of("unknown") / events.length,
    };
  });
  const { asked, wanted } = await bothSides("outcomes", {}, plain);
  expect(asked).toEqual(wanted);
});

describe("every question about what happened", () => {
  const about = [...QUERIES.values()].filter(
    ({ parameters, example }) => parameters.safeParse({ ...example, breakdown: "channel" }).success,
  );

  it.each(about)("is split by outcome, and asked of one: $name", async ({ name, example }) => {
    for (const property of ["outcome", "sessionOutcome"]) {
      const filters = [{ property, op: "=", value: "failure" }];
      const { meta } = await answer(name, { ...example, breakdown: property, filters });
      expect(meta.columns.map((column) => column.name)).toContain("group");
    }
  });

  it("is many a question", () => {
    expect(about.length).toBeGreaterThan(15);
  });
});

describe("the outcome of a session", () => {
  const ends = groupsOf(VISITS, ({ session }) => session).map(([, events]) => ({
    events,
    group: events.findLast(({ outcome }) => outcome !== "")?.outcome ?? "",
  }));

  it("is the last one that it tells", async () => {
    const plain = [...groupedBy(ends, ({ group }) => group)].map(([group, sessions]) => ({
      group,
      sessions: sessions.length,
      people: people(sessions.flatMap(({ events }) => events)),
    }));
    const { asked, wanted } = await bothSides(
      "sessions_summary",
      { breakdown: "sessionOutcome", ...WHOLE },
      plain,
    );
    expect(plain.length).toBe(4);
    expect(asked).toEqual(wanted);
  });

  it("chooses sessions of which pages are told", async () => {
    const views = ends
      .filter(({ group }) => group === "failure")
      .flatMap(({ events }) => named(events, "page_view"));
    const plain = groupsOf(views, ({ page }) => page).map(([page, of]) => ({
      page,
      views: of.length,
      people: people(of),
    }));
    const filters = [{ property: "sessionOutcome", op: "=", value: "failure" }];
    const { asked, wanted } = await bothSides("pages", { filters, ...WHOLE }, plain);
    expect(asked).toEqual(wanted);
  });
});

describe("people", () => {
  const first = new Map(
    groupsOf(VISITS, ({ person }) => person).map(([person, events]) => [
      person,
      events[0]?.time ?? 0,
    ]),
  );

  it.each(["day", "week", "month"] as const)(
    "by %s: new are those who were never there",
    async (bucket) => {
      const plain = groupsOf(VISITS, ({ time }) => startOf[bucket](time)).map(([time, events]) => {
        const all = new Set(events.map(({ person }) => person));
        const fresh = [...all].filter((person) => (first.get(person) ?? 0) >= time).length;
        return {
          time: new Date(time).toISOString(),
          people: all.size,
          newPeople: fresh,
          returningPeople: all.size - fresh,
          newShare: fresh / all.size,
        };
      });
      const { asked, wanted } = await bothSides("people", { bucket }, plain);
      expect(asked).toEqual(wanted);
    },
  );

  it.each(["day", "week"] as const)(
    "retention by %s follows each cohort to the end",
    async (bucket) => {
      const length = { day: DAY, week: 7 * DAY }[bucket];
      const end = Math.max(...VISITS.map(({ time }) => startOf[bucket](time)));
      const cohorts = groupedBy(first, ([, time]) => startOf[bucket](time));
      const plain = [...cohorts].flatMap(([start, members]) =>
        Array.from({ length: Math.min(8, (end - start) / length) + 1 }, (_, period) => {
          const back = members.filter(([person]) =>
            VISITS.some(
              (event) =>
                event.person === person && startOf[bucket](event.time) === start + period * length,
            ),
          ).length;
          return {
            cohort: new Date(start).toISOString().slice(0, 10),
            period,
            cohortSize: members.length,
            people: back,
            retention: back / members.length,
          };
        }),
      );
      const { asked, wanted } = await bothSides("retention", { bucket }, plain);
      expect(asked).toEqual(wanted);
    },
  );

  it("what counts as coming back may be one event", async () => {
    const { rows } = await answer("retention", { event: "no such event" });
    for (const row of rows)
      expect(row["people"]).toBe(Number(row["period"]) === 0 ? row["cohortSize"] : 0);
  });
});

it("freshness is of the first time that an event was received", async () => {
  const { rows } = await answer("freshness");
  expect(rows).toEqual([
    expect.objectContaining({
      events: VISITS.length,
      people: people(VISITS),
      medianSeconds: 0.5,
      p99Seconds: 0.5,
      withinMinute: VISITS.length,
      withinMinuteShare: 1,
    }),
  ]);
});

const SIGNALS = ["rage_click", "dead_click", "js_error", "back_and_forth"];

describe("friction", () => {
  it("of pages is what the instruments told of them", async () => {
    const sent = inTime(named(VISITS, "form_submit"));
    const again = new Set(
      groupsOf(sent, ({ session }) => session).flatMap(([, events]) =>
        events.slice(1).map(({ id }) => id),
      ),
    );
    const relevant = named(VISITS, "page_view", "form_submit", ...SIGNALS);
    const plain = groupsOf(relevant, ({ page }) => page).map(([page, events]) => {
      const retries = events.filter(({ id }) => again.has(id));
      const signals = [...named(events, ...SIGNALS), ...retries];
      const views = named(events, "page_view").length;
      return {
        page,
        views,
        people: people(events),
        rageClicks: named(events, "rage_click").length,
        deadClicks: named(events, "dead_click").length,
        errors: named(events, "js_error").length,
        backAndForths: named(events, "back_and_forth").length,
        formRetries: retries.length,
        signals: signals.length,
        signalsPerThousandViews: (1000 * signals.length) / views,
        peopleHit: people(signals),
        hitShare: people(signals) / people(events),
      };
    });
    const { asked, wanted } = await bothSides("friction", {}, plain);
    expect(asked).toEqual(wanted);
  });

  it("and conversion: people with a signal beside those without", async () => {
    // Few events a person: else everybody has met everything.
    const input = { goal: "paid", to: "2026-01-08" };
    const early = VISITS.filter(({ time }) => time < FIRST + 4 * DAY);
    const everyone = groupsOf(early, ({ person }) => person);
    const retried = (events: readonly VisitEvent[]): boolean =>
      groupsOf(named(events, "form_submit"), ({ session }) => session).some(
        ([, sent]) => sent.length > 1,
      );
    const hasMet = (events: readonly VisitEvent[], signal: string): boolean =>
      signal === "form_retry" ? retried(events) : named(events, signal).length > 0;
    const all = [...SIGNALS, "form_retry"];
    const plain = ["any", ...all].map((signal) => {
      const wanted = signal === "any" ? all : [signal];
      const has = ([, events]: [number, VisitEvent[]]): boolean =>
        wanted.some((one) => hasMet(events, one));
      const met = everyone.filter(has);
      const not = everyone.filter((one) => !has(one));
      const converted = (group: typeof met): number =>
        group.filter(([, events]) => named(events, "paid").length > 0).length;
      const [a, b] = [share(converted(met), met.length), share(converted(not), not.length)];
      return {
        signal,
        peopleWith: met.length,
        convertedWith: converted(met),
        conversionWith: a,
        peopleWithout: not.length,
        convertedWithout: converted(not),
        conversionWithout: b,
        difference: a === null || b === null ? null : a - b,
      };
    });
    const { asked, wanted } = await bothSides("friction_conversion", input, plain);
    expect(asked).toEqual(wanted);
  });

  it("and conversion withholds a group in which few have met a signal, or few have not", async () => {
    const input = { ...PERIOD, goal: "paid", to: "2026-01-08", breakdown: "device" };
    const FLOOR = 3;
    const rowsFrom = async (minGroup: number): Promise<Record<string, unknown>[]> =>
      (await askStore(store, "friction_conversion", input, { minGroup })).rows;
    const few = (count: unknown): boolean => Number(count) > 0 && Number(count) < FLOOR;
    const all = await rowsFrom(1);
    expect(await rowsFrom(FLOOR)).toEqual(
      all.filter((row) => !few(row["peopleWith"]) && !few(row["peopleWithout"])),
    );
    expect(all.filter((row) => few(row["peopleWithout"]) && !few(row["peopleWith"]))).not.toEqual(
      [],
    );
  });
});

it.each([
  ["pages", {}, ["traits", "outcome", "page_url"]],
  ["paths", { event: "paid" }, ["traits", "properties", "page_url"]],
  ["outcomes", {}, ["traits", "properties", "page_path"]],
  ["people", {}, ["traits", "properties", "page_path", "session_id"]],
  ["retention", {}, ["traits", "properties", "page_path", "session_id"]],
  ["freshness", {}, ["traits", "properties", "page_path", "session_id"]],
  ["friction", {}, ["traits", "outcome", "page_url"]],
  ["friction_conversion", { goal: "paid" }, ["traits", "outcome", "page_path"]],
])("%s reads its own columns alone", async (name, input, unused) => {
  const { meta } = await answer(name, input);
  const plan = await explained(store, meta, "PLAN header = 1, actions = 0");
  expect(plan).toContain("ReadFromMergeTree");
  for (const column of unused) expect(plan).not.toContain(column);
});

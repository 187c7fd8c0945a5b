import { FATIGUE_ADVICE } from "@balise/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cap, Exposure, Fatigue, TagSurvey } from "../survey-rules.js";
import type { Metric } from "../wire.js";
import { tooMuch } from "./fatigue.js";
import { shareOf } from "./share.js";

const DAY = 86_400_000;
const NOW = 400 * DAY;

function surveyOf(change: Partial<TagSurvey> = {}): TagSurvey {
  return {
    id: "a",
    version: 1,
    kind: "transactional",
    placement: "popover",
    questions: [{ id: "score", metric: "nps" }],
    texts: {},
    triggers: [],
    cap: { times: 1, days: 90 },
    ...change,
  };
}

const metrics: Metric[] = ["nps", "csat"];
const exposure = fc.record({
  id: fc.constant("00000000"),
  surveyId: fc.constantFrom("a", "b", "c"),
  kind: fc.constantFrom("transactional" as const, "relational" as const),
  metric: fc.constantFrom(...metrics),
  at: fc.integer({ min: 0, max: 800 }).map((half) => (half * DAY) / 2),
  dismissed: fc.boolean(),
});
const cap = fc.record({
  times: fc.integer({ min: 1, max: 4 }),
  days: fc.integer({ min: 1, max: 200 }),
});
const days = fc.integer({ min: 0, max: 120 });
const fatigues: fc.Arbitrary<Fatigue> = fc.record({
  quietDays: days,
  quietAfterDismissalsDays: days,
  relationalDays: days,
  perSession: fc.integer({ min: 1, max: 3 }),
  perMetric: fc.record({ nps: cap, csat: cap }, { requiredKeys: [] }),
  overall: cap,
});
const asked = fc.record({
  id: fc.constantFrom("a", "b"),
  kind: fc.constantFrom("transactional" as const, "relational" as const),
  metric: fc.constantFrom(...metrics),
  cap,
});

/**
 * The rules in their plainest words: one loop over the displays, each compared with everything. Told
 * apart from the engine, which compares caps.
 */
function mayAsk(
  survey: { id: string; kind: string; metric: Metric; cap: Cap },
  displays: readonly Exposure[],
  fatigue: Fatigue,
  visitStart: number,
): boolean {
  let [ofSurvey, ofMetric, all, inVisit, youngest, youngestRelational] = [
    0,
    0,
    0,
    0,
    Infinity,
    Infinity,
  ];
  const metricCap = fatigue.perMetric[survey.metric];
  for (const display of displays) {
    const age = (NOW - display.at) / DAY;
    youngest = Math.min(youngest, age);
    if (display.kind === "relational") youngestRelational = Math.min(youngestRelational, age);
    if (display.surveyId === survey.id && age < survey.cap.days) ofSurvey++;
    if (metricCap && display.metric === survey.metric && age < metricCap.days) ofMetric++;
    if (age < fatigue.overall.days) all++;
    if (display.at >= visitStart) inVisit++;
  }
  const [last, before] = displays;
  const refused = last?.dismissed === true && before?.dismissed === true;
  return (
    ofSurvey < survey.cap.times &&
    (!metricCap || ofMetric < metricCap.times) &&
    all < fatigue.overall.times &&
    inVisit < fatigue.perSession &&
    youngest >= fatigue.quietDays &&
    (!refused || youngest >= fatigue.quietAfterDismissalsDays) &&
    (survey.kind !== "relational" || youngestRelational >= fatigue.relationalDays)
  );
}

describe("fatigue", () => {
  test("allows what the rules in plain words allow, whatever was shown before", () => {
    let allowed = 0;
    const shown = fc.array(exposure, { maxLength: 6 });
    const visit = fc.integer({ min: 380, max: 400 });
    fc.assert(
      fc.property(asked, shown, fatigues, visit, (survey, displays, fatigue, visitDay) => {
        // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is not in all browsers
        const latestFirst = [...displays].sort((a, b) => b.at - a.at);
        const { metric, ...rest } = survey;
        const questions = [{ id: "q", metric, max: 5 }] as TagSurvey["questions"];
        const start = visitDay * DAY;
        const broken = tooMuch(surveyOf({ ...rest, questions }), latestFirst, fatigue, NOW, start);
        const expected = mayAsk(survey, latestFirst, fatigue, start);
        if (expected) allowed++;
        expect(broken.length === 0).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    // Else it had only been shown that everything is refused.
    expect(allowed).toBeGreaterThan(100);
  });

  test("names each rule that is broken", () => {
    const shown = (ago: number, change: Partial<Exposure> = {}): Exposure => ({
      id: "00000000",
      surveyId: "other",
      kind: "transactional",
      metric: "csat",
      at: NOW - ago * DAY,
      dismissed: false,
      ...change,
    });
    const reasons = (survey: TagSurvey, ...displays: Exposure[]) =>
      tooMuch(survey, displays, FATIGUE_ADVICE, NOW, NOW - DAY);
    expect(reasons(surveyOf())).toEqual([]);
    expect(reasons(surveyOf(), shown(0.5))).toEqual(["session_cap", "quiet_period"]);
    expect(reasons(surveyOf(), shown(29.9))).toEqual(["quiet_period"]);
    expect(reasons(surveyOf(), shown(30))).toEqual([]);
    const twice = [shown(40, { dismissed: true }), shown(80, { dismissed: true })];
    expect(reasons(surveyOf(), ...twice)).toEqual(["dismissed_twice"]);
    expect(reasons(surveyOf(), shown(40), ...twice)).toEqual([]);
    const relational = { kind: "relational" } as const;
    expect(reasons(surveyOf(relational), shown(80, relational))).toEqual(["relational_gap"]);
    expect(reasons(surveyOf(), shown(80, relational))).toEqual([]);
    expect(reasons(surveyOf(), shown(80, { surveyId: "a" }))).toEqual(["survey_cap"]);
    expect(reasons(surveyOf(), ...[40, 120, 200, 280].map((ago) => shown(ago)))).toEqual([
      "overall_cap",
    ]);
    // Another clock was ahead: a display that seems to lie ahead is one of just now.
    expect(reasons(surveyOf(), shown(-1))).toEqual(["session_cap", "quiet_period"]);
  });

  test("leaves a tab alone: people open it themselves", () => {
    const displays = Array.from({ length: 9 }, (_, n) => ({
      id: "00000000",
      surveyId: "a",
      kind: "relational" as const,
      metric: "nps" as const,
      at: NOW - n,
      dismissed: true,
    }));
    expect(tooMuch(surveyOf({ placement: "tab" }), displays, FATIGUE_ADVICE, NOW, 0)).toEqual([]);
  });

  test("holds for a hundred thousand customers over a year", () => {
    const surveys = [
      surveyOf({ id: "nps", kind: "relational" }),
      surveyOf({ id: "checkout", questions: [{ id: "q", metric: "csat", max: 5 }] }),
      surveyOf({ id: "help", questions: [{ id: "q", metric: "ces", max: 7 }] }),
    ];
    const people = 100_000;
    const SHARE = 0.3;
    const HOLDOUT = 0.05;
    let [sampled, held] = [0, 0];
    for (let person = 0; person < people; person++) {
      const who = `customer-${person}`;
      if (shareOf(`holdout ${who}`) < HOLDOUT) {
        held++;
        continue;
      }
      if (shareOf(`nps ${who}`) < SHARE) sampled++;
      const displays: Exposure[] = [];
      // Twelve visits, on days that differ from person to person, each with a dismissal now and then.
      for (let visit = 0; visit < 12; visit++) {
        const at = Math.floor((visit + shareOf(`${who} ${visit}`)) * 30 * DAY);
        const survey = surveys[Math.floor(shareOf(`which ${who} ${visit}`) * 3)];
        if (!survey || tooMuch(survey, displays, FATIGUE_ADVICE, at, at).length > 0) continue;
        displays.unshift({
          id: "00000000",
          surveyId: survey.id,
          kind: survey.kind,
          metric: survey.questions[0]?.metric ?? "text",
          at,
          dismissed: shareOf(`no ${who} ${visit}`) < 0.5,
        });
      }
      if (displays.length > 4) throw new Error(`${who} was asked ${displays.length} times`);
      for (const [place, { at, surveyId, kind }] of displays.entries()) {
        const earlier = displays.slice(place + 1);
        const gap = at - (earlier[0]?.at ?? -Infinity);
        const refused = earlier[0]?.dismissed && earlier[1]?.dismissed;
        const same = earlier.find((one) => one.surveyId === surveyId);
        const relational = kind === "relational" && earlier.find((one) => one.kind === kind);
        if (gap < (refused ? 90 : 30) * DAY) throw new Error(`${who} had no quiet`);
        if (same && at - same.at < 90 * DAY) throw new Error(`${who} was asked ${surveyId} again`);
        if (relational && at - relational.at < 90 * DAY) throw new Error(`${who}: relational`);
      }
    }
    // Four standard errors of a share.
    const near = (share: number, of: number) => 4 * Math.sqrt((share * (1 - share)) / of);
    expect(Math.abs(held / people - HOLDOUT)).toBeLessThan(near(HOLDOUT, people));
    expect(Math.abs(sampled / (people - held) - SHARE)).toBeLessThan(near(SHARE, people - held));
  });
});

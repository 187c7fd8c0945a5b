import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { surveyPlanSchema } from "./survey-rules.js";
import type { SurveyDefinition, SurveyPlan } from "./survey-rules-types.js";

const survey: SurveyDefinition = {
  id: "quote",
  version: 1,
  kind: "transactional",
  objective: "Decide which guarantee is explained first",
  placement: "popover",
  questions: [{ id: "ease", metric: "ces", max: 7 }],
  texts: { en: { questions: { ease: { ask: "It was easy to get a quote." } } } },
  triggers: [
    { event: "quote_asked", where: [{ property: "guarantee", op: "=", value: "full" }] },
    { event: "*", outcome: "failure", pages: ["/quotes/:id"], delaySeconds: 2 },
    { moment: "visible", seconds: 30, delayedBy: ["field_filled"], cancelledBy: ["quote_sent"] },
    { moment: "scroll", percent: 75 },
    { moment: "exit" },
    { moment: "return", days: 7 },
  ],
  audience: {
    where: [
      { property: "traits.segment", op: "in", value: ["family", "single"] },
      { property: "device", op: "!=", value: "tablet" },
      { property: "converted", op: "=", value: false },
    ],
    share: 0.1,
  },
  cap: { times: 1, days: 180 },
  quota: { displays: 500, per: "week" },
  anonymous: true,
};
const plan: SurveyPlan = {
  surveys: [survey],
  fatigue: { quietDays: 60, perMetric: { nps: { times: 1, days: 90 } } },
  holdout: 0.05,
  conversions: ["subscribed"],
  languages: ["fr", "en"],
};

/** What is said of the plan once this is done to it. */
function faults(change: (plan: SurveyPlan, survey: SurveyDefinition) => void): string[] {
  const changed = structuredClone(plan);
  const [first] = changed.surveys;
  if (first) change(changed, first);
  const { error } = surveyPlanSchema.safeParse(changed);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

test("a plan that fits together is taken as it is", () => {
  expect(surveyPlanSchema.parse(plan)).toEqual(plan);
});

describe("a plan is refused", () => {
  test("that has a name which means nothing, and says which", () => {
    expect(faults((_, one) => Object.assign(one, { trigers: [] }))).toEqual([
      'surveys.0: Unrecognized key: "trigers"',
    ]);
    expect(faults((all) => Object.assign(all, { holdOut: 0.1 }))).toEqual([
      ': Unrecognized key: "holdOut"',
    ]);
    expect(faults((_, one) => Object.assign(one.audience ?? {}, { sample: 0.1 }))).toEqual([
      'surveys.0.audience: Unrecognized key: "sample"',
    ]);
  });

  test("whose trigger fires on nothing that there is", () => {
    const trigger = (value: object) =>
      faults((_, one) => Object.assign(one, { triggers: [value] }));
    expect(trigger({ moment: "full_moon" })).toHaveLength(1);
    expect(trigger({ moment: "scroll" })).toEqual([
      "surveys.0.triggers.0.percent: Invalid input: expected number, received undefined",
    ]);
    expect(trigger({ event: "bought", seconds: 3 })).toEqual([
      'surveys.0.triggers.0: Unrecognized key: "seconds"',
    ]);
    expect(trigger({})).toHaveLength(1);
  });

  test("whose audience could never be met", () => {
    const where = (value: object) =>
      faults((_, one) => Object.assign(one, { audience: { where: [value] } }));
    expect(where({ property: "device", op: "=", value: "phone" })).toEqual([
      'surveys.0.audience.where.0.value: "phone" is none of mobile, tablet, desktop',
    ]);
    expect(where({ property: "converted", op: "=", value: "no" })).toHaveLength(1);
    expect(where({ property: "age", op: ">", value: 30 })).toHaveLength(1);
    expect(where({ property: "constructor", op: "=", value: "x" })).toHaveLength(1);
    expect(where({ property: "traits.age", op: ">", value: "30" })).toHaveLength(1);
  });

  test("whose numbers are none, or out of all bounds", () => {
    expect(faults((all) => (all.holdout = 5))).toHaveLength(1);
    expect(faults((_, one) => (one.cap = { times: 0, days: 30 }))).toHaveLength(1);
    expect(faults((_, one) => (one.cap = { times: 1, days: 4000 }))).toHaveLength(1);
    expect(faults((_, one) => (one.quota = { displays: 1.5, per: "day" }))).toHaveLength(1);
  });

  test("in which two surveys have one id, or that breaks what a survey is", () => {
    expect(faults((all, one) => all.surveys.push(one))).toEqual([
      'surveys.1.id: "quote" is taken by another survey',
    ]);
    expect(faults((_, one) => (one.texts = {}))).toContain("surveys.0.texts: has no language");
  });
});

test("whatever comes in, the answer is a plan or a reason, never an exception", () => {
  const anything = fc.oneof(
    fc.anything(),
    fc
      .record({ at: fc.constantFrom(...Object.keys(survey)), value: fc.anything() })
      .map(({ at, value }) => ({ surveys: [{ ...survey, [at]: value }] })),
  );
  fc.assert(
    fc.property(anything, (input) => {
      const { success, error } = surveyPlanSchema.safeParse(input);
      expect(success || error.issues.length > 0).toBe(true);
    }),
  );
});

import { expect, it } from "vitest";
import { QUERIES } from "../query/registry.js";
import { type AskRows, hasCooled, judge, windowsOf } from "./judge.js";
import { checkRules, type Rule, ruleFileSchema } from "./rules.js";

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 0, 31, 12);

function ruleOf(change: object = {}): Rule {
  const file = ruleFileSchema.parse({
    rules: [
      {
        name: "r",
        question: "sessions_summary",
        measure: "bounceRate",
        direction: "up",
        window: "1h",
        baseline: "10h",
        delay: "0s",
        ...change,
      },
    ],
  });
  const [rule] = checkRules(file, (name) => QUERIES.get(name));
  if (rule === undefined) throw new Error("no rule");
  return rule;
}

/** Answers the window that ends now with the one row, any other with the second. */
const answers =
  (later: object, earlier: object): AskRows =>
  async (_question, { to }) => [{ ...(to === new Date(AT).toISOString() ? later : earlier) }];

const bounces = (count: number, n: number): object => ({
  bounceRate: count / n,
  bounceLow: 0,
  bounceHigh: 1,
  sessions: n,
});

const fires = async (change: object, later: object, earlier: object): Promise<unknown> =>
  (await judge(ruleOf(change), AT, answers(later, earlier)))?.fires;

it("the windows lie one before the other, a delay before now and a lag apart", () => {
  const rule = ruleOf({ window: "1d", baseline: "1d", lag: "6d", delay: "2h" });
  const to = AT - 2 * HOUR;
  expect(windowsOf(rule, AT)).toEqual({
    window: { from: to - 24 * HOUR, to },
    baseline: { from: to - 8 * 24 * HOUR, to: to - 7 * 24 * HOUR },
  });
});

it("asks the rule's own question of both windows", async () => {
  const filters = [{ property: "device", op: "=", value: "mobile" }];
  const asked: unknown[] = [];
  await judge(ruleOf({ parameters: { filters } }), AT, async (question, input) => {
    asked.push([question, input]);
    return [];
  });
  expect(asked).toEqual([
    [
      "sessions_summary",
      { filters, from: "2026-01-31T11:00:00.000Z", to: "2026-01-31T12:00:00.000Z" },
    ],
    [
      "sessions_summary",
      { filters, from: "2026-01-31T01:00:00.000Z", to: "2026-01-31T11:00:00.000Z" },
    ],
  ]);
});

it.each([
  [{}, true],
  [{ direction: "either" }, true],
  [{ direction: "down" }, false],
  [{ by: 0.2 }, false],
  [{ minimum: 201 }, undefined],
])("a rate that rises from 30 %% to 50 %%, with %j: %s", async (change, outcome) => {
  expect(await fires(change, bounces(100, 200), bounces(600, 2000))).toBe(outcome);
});

it("chance does not fire, and a fall is told by a rule for falls", async () => {
  expect(await fires({}, bounces(64, 200), bounces(600, 2000))).toBe(false);
  expect(await fires({ direction: "down" }, bounces(30, 200), bounces(600, 2000))).toBe(true);
});

it("a window without a value says nothing", async () => {
  expect(await fires({}, { bounceRate: null, sessions: 0 }, bounces(600, 2000))).toBeUndefined();
  expect(await judge(ruleOf(), AT, async () => [])).toBeUndefined();
});

it("a count that falls to nothing fires, once there were enough before", async () => {
  const change = { measure: "sessions", direction: "down" };
  expect(await fires(change, { sessions: 0 }, { sessions: 2000 })).toBe(true);
  expect(await fires(change, { sessions: 200 }, { sessions: 2000 })).toBe(false);
  expect(await fires(change, { sessions: 0 }, { sessions: 900 })).toBeUndefined();
});

it("finds its row, and what a share is of where no column tells", async () => {
  const steps = ["page_view", "bought"];
  const rule = ruleOf({
    question: "funnel",
    parameters: { steps, windowSeconds: 60 },
    measure: "shareOfFirst",
    row: { step: 2 },
    minimum: 2,
  });
  const verdict = await judge(rule, AT, async () => [
    { step: 1, shareOfFirst: 1, low: 0.9, high: 1 },
    // Wilson's of 5 in 20.
    { step: 2, shareOfFirst: 0.25, low: 0.1118616, high: 0.4687006 },
  ]);
  expect(verdict).toMatchObject({ later: { value: 0.25, n: 20 }, fires: false });
});

it("is told again only once its cool-down has passed", () => {
  const rule = ruleOf({ coolDown: "2h" });
  expect(hasCooled(rule, undefined, AT)).toBe(true);
  expect(hasCooled(rule, AT - 2 * HOUR + 1, AT)).toBe(false);
  expect(hasCooled(rule, AT - 2 * HOUR, AT)).toBe(true);
});

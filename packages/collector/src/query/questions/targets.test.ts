/** Targets against the answers of their questions. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { askStore, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { visitRows } from "../../testing/page-visits.js";
import type { Answer } from "../ask.js";
import type { Asking } from "../query.js";
import type { Target } from "../target.js";

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 10);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const rows = visitRows(
    Array.from({ length: 40 }, (_, n) => ({
      start: T0 + (n % 4) * DAY,
      pages: n % 4 === 3 ? 2 : 1,
      device: n % 8 === 0 ? "mobile" : "desktop",
    })),
  );
  await store.client.insert({ table: "events", values: rows, format: "JSONEachRow" });
});
afterAll(async () => {
  await store.close();
});

const answerOf = (name: string, input: object, asking?: Partial<Asking>): Promise<Answer> =>
  askStore(store, name, input, asking);

const target = (more: Partial<Target>): object => ({
  name: "a",
  question: "sessions_summary",
  measure: "bounceRate",
  target: 0.5,
  better: "lower",
  ...more,
});

it("has the value and interval of the question, and the gap with its own", async () => {
  const period = { from: "2026-01-10", to: "2026-01-13" };
  const { rows } = await answerOf("targets", { ...period, targets: [target({})] });
  const [summary] = (await answerOf("sessions_summary", period)).rows;
  const low = Number(summary?.["bounceLow"]);
  const high = Number(summary?.["bounceHigh"]);
  expect(rows).toEqual([
    {
      name: "a",
      question: "sessions_summary",
      measure: "bounceRate",
      better: "lower",
      value: 0.75,
      low,
      high,
      n: 40,
      target: 0.5,
      gap: 0.25,
      gapLow: expect.closeTo(low - 0.5, 12),
      gapHigh: expect.closeTo(high - 0.5, 12),
      state: "missed",
    },
  ]);
});

it.each([
  [{ better: "lower", target: 0.9 }, "met"],
  [{ better: "lower", target: 0.7 }, "unsure"],
  [{ better: "lower", target: 0.5 }, "missed"],
  [{ better: "higher", target: 0.5 }, "met"],
  [{ better: "higher", target: 0.8 }, "unsure"],
  [{ better: "higher", target: 0.95 }, "missed"],
  [{ measure: "sessions", better: "higher", target: 20 }, "met"],
  [{ measure: "sessions", better: "higher", target: 40 }, "unsure"],
  [{ measure: "medianSeconds", target: 1 }, "none"],
  [{ parameters: { breakdown: "device" }, row: { group: "tablet" } }, "none"],
  [{ parameters: { breakdown: "device" }, row: { group: "desktop" }, target: 0.95 }, "met"],
] as const)("a target of %j is %s", async (more, state) => {
  const { rows } = await answerOf("targets", { targets: [target(more)] });
  expect(rows).toMatchObject([{ state }]);
});

it("hides what the question would hide", async () => {
  const grouped = target({ parameters: { breakdown: "device" }, row: { group: "mobile" } });
  const [shown] = (await answerOf("targets", { targets: [grouped] })).rows;
  expect(shown).toMatchObject({ n: 5 });
  const [hidden] = (await answerOf("targets", { targets: [grouped] }, { minGroup: 6 })).rows;
  expect(hidden).toMatchObject({ value: null, state: "none" });
});

it("takes the collector's own for the site, in their order, where none are given", async () => {
  const targets: Target[] = [
    { name: "one", site: "default" },
    { name: "other", site: "elsewhere" },
    { name: "two", measure: "events", question: "event_names", row: { name: "page_view" } },
  ].map((more) => ({
    question: "sessions_summary",
    parameters: {},
    measure: "sessions",
    target: 5,
    better: "higher",
    ...more,
  }));
  const { rows } = await answerOf("targets", {}, { targets });
  expect(rows).toMatchObject([
    { name: "one", value: 40, state: "met" },
    { name: "two", value: 50, state: "met" },
  ]);
  expect((await answerOf("targets", {})).rows).toEqual([]);
});

it("answers as many targets as there may be in one statement", async () => {
  const parameters = { steps: ["page_view", "page_view"], windowSeconds: 60 };
  const funnel = { question: "funnel", parameters, measure: "shareOfFirst", row: { step: 2 } };
  const targets = Array.from({ length: 20 }, (_, n) => target({ ...funnel, name: `t${n}` }));
  const { rows } = await answerOf("targets", { targets });
  expect(rows).toHaveLength(20);
  expect(rows[19]).toMatchObject({ name: "t19", value: 0.25, state: "met" });
});

it.each([
  [{ question: "nothing" }, /..nothing.. is no question/],
  [{ question: "live_events" }, /..live_events.. is not asked of two periods/],
  [{ measure: "bounceLow" }, /..bounceLow.. is no measure of sessions_summary; it has sessions,/],
  [{ parameters: { from: "2026-01-01" } }, /the periods are known/],
  [{ parameters: { filters: "x" } }, /expected array/],
  [{ row: { device: "mobile" } }, /not told apart by ..device..: its answer is one row/],
  [{ question: "event_names", measure: "events" }, /answers several rows: say which one by name/],
  [{ question: "event_names", measure: "events", row: { nam: "x" } }, /there are name/],
])("refuses a target of %j", async (more, message) => {
  await expect(answerOf("targets", { targets: [target(more)] })).rejects.toThrow(message);
});

it("refuses two targets of one name, and more than there may be", async () => {
  await expect(answerOf("targets", { targets: [target({}), target({})] })).rejects.toThrow(
    /..a.. is the name of two targets/,
  );
  const many = Array.from({ length: 21 }, (_, n) => target({ name: String(n) }));
  await expect(answerOf("targets", { targets: many })).rejects.toThrow(/20/);
});

it("reads the partitions of its period alone", async () => {
  const { meta } = await answerOf("targets", {
    from: "2020-01-01",
    to: "2020-02-01",
    targets: [target({})],
  });
  expect(await explained(store, meta, "indexes = 1")).not.toMatch(
    /Parts: [1-9]\d*\/\d+[\s\S]*Granules: [1-9]/,
  );
});

/** What came before low scores against plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DAY,
  type EventRow,
  JANUARY,
  latestInJanuary,
  moodOf,
  NEW_YEAR,
  personOf,
  randomRevisions,
  type Revision,
  sequence,
  storeEvents,
  storeRevisions,
} from "../../testing/answers.js";
import { sharesOf } from "../../testing/intervals.js";
import { asker, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { inOrder, nearly } from "../../testing/unordered.js";

const REVISIONS = randomRevisions(13, 1200);
const ANSWERS = latestInJanuary(REVISIONS);

const random = sequence(17);
const EVENTS: EventRow[] = REVISIONS.filter(({ bot }) => !bot).flatMap(
  ({ session, device, time }) =>
    ["rage_click", "page_view", "survey_shown"]
      .filter(() => random(2) === 0)
      .map((name) => ({
        name,
        device,
        session,
        time: time + ([-1000, -60_000, 1000][random(3)] ?? 0),
        columns: { page_path: ["/cart", "/pay"][random(2)] },
      })),
);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeRevisions(store, REVISIONS);
  await storeEvents(store, EVENTS);
});
afterAll(async () => {
  await store.close();
});
const question = asker(() => store, JANUARY);

describe("before_low_scores", () => {
  it.each(["event", "page"] as const)("tells the %s that came before", async (what) => {
    const metrics = ["nps", "stars"];
    const { rows } = await question("before_low_scores", { metrics, what });
    const counted = ANSWERS.filter(({ metric, score, min, max }) => {
      const [low, high] = metric === "nps" ? [0, 10] : [min ?? 0, max ?? 0];
      return metrics.includes(metric) && score !== null && score >= low && score <= high;
    });
    const before = (one: Revision): Set<string> =>
      new Set(
        EVENTS.filter(
          ({ session, time, name }) =>
            session === one.session &&
            time < one.time &&
            time >= NEW_YEAR - DAY &&
            (what === "page" ? name === "page_view" : name !== "survey_shown"),
        ).map(({ name, columns }) => (what === "page" ? String(columns?.["page_path"]) : name)),
      );
    const lows = counted.filter((one) => moodOf(one) === "low");
    const others = counted.filter((one) => moodOf(one) !== "low");
    const names = new Set(counted.flatMap((one) => [...before(one)]));
    expect(
      inOrder(rows.map(({ differenceLow: _low, differenceHigh: _high, ...row }) => row)),
    ).toEqual(
      nearly(
        [...names].map((name) => {
          const having = (list: readonly Revision[]): Revision[] =>
            list.filter((one) => before(one).has(name));
          const [x, y] = [having(lows).length, having(others).length];
          return {
            what: name,
            lowAnswers: x,
            lowTotal: lows.length,
            ...sharesOf(x, lows.length, ["lowShare", "lowShareLow", "lowShareHigh"]),
            otherAnswers: y,
            otherTotal: others.length,
            ...sharesOf(y, others.length, ["otherShare", "otherShareLow", "otherShareHigh"]),
            difference: x / lows.length - y / others.length,
            people: new Set(having(counted).map(personOf)).size,
          };
        }),
      ),
    );
    for (const row of rows) {
      expect(Number(row["differenceLow"])).toBeLessThan(Number(row["difference"]));
      expect(Number(row["differenceHigh"])).toBeGreaterThan(Number(row["difference"]));
    }
  });

  it("reads nothing from before its period but the day in which a session may have begun", async () => {
    const answer = await question("before_low_scores", { from: "2026-02-03", to: "2026-02-10" });
    const indexes = await explained(store, answer.meta, "indexes = 1");
    expect(indexes).toMatch(/\.feedback\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(indexes).toMatch(/\.events\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(await explained(store, answer.meta, "header = 1, actions = 0")).not.toMatch(
      /\b(text|traits|choice|properties) /,
    );
  });
});

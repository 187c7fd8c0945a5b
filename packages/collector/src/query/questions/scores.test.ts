/** NPS, CSAT, CES, the other scores and their distribution against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DAY,
  type EventRow,
  JANUARY,
  latestInJanuary,
  NEW_YEAR,
  personOf,
  randomRevisions,
  type Revision,
  sequence,
  storeEvents,
  storeRevisions,
} from "../../testing/answers.js";
import { inOrder, nearly } from "../../testing/unordered.js";
import { mean, student, wilson, Z } from "../../testing/intervals.js";
import { asker, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const REVISIONS = randomRevisions(7, 1500);
const ANSWERS = latestInJanuary(REVISIONS);

const random = sequence(3);
const BOUGHT: EventRow[] = Array.from({ length: 25 }, () => ({
  name: "bought",
  device: random(40),
  time: NEW_YEAR + random(31) * DAY,
}));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeRevisions(store, REVISIONS);
  await storeEvents(store, BOUGHT);
});
afterAll(async () => {
  await store.close();
});

const question = asker(() => store, JANUARY);

/** Which row an answer counts in, by the columns that rows are told apart by. */
type Key = Record<string, string | number>;

function groups(answers: readonly Revision[], keyOf: (one: Revision) => Key): [Key, Revision[]][] {
  const known = new Map<string, [Key, Revision[]]>();
  for (const one of answers) {
    const key = keyOf(one);
    const text = JSON.stringify(key);
    const group = known.get(text) ?? [key, []];
    known.set(text, group);
    group[1].push(one);
  }
  return [...known.values()];
}

const scaled = (metric: string) => (one: Revision) =>
  one.metric === metric &&
  one.score !== null &&
  one.min !== null &&
  one.max !== null &&
  one.score >= one.min &&
  one.score <= one.max;

const scoresOf = (answers: readonly Revision[]): number[] =>
  answers.map(({ score }) => score ?? Number.NaN);
const peopleOf = (answers: readonly Revision[]): number => new Set(answers.map(personOf)).size;
const keyOf = ({ kind, min, max, polarity }: Revision): Key => ({
  kind,
  scale: `${min}-${max}`,
  polarity,
  result: "all",
});

const share = (name: string, x: number, n: number): Record<string, number> => {
  const [low, high] = wilson(x, n);
  return { [name]: x, [`${name}Share`]: x / n, [`${name}Low`]: low, [`${name}High`]: high };
};

const meanOf = (name: string, values: readonly number[]): Record<string, number | null> => {
  const [low, high] = student(values);
  return { [name]: mean(values), [`${name}Low`]: low, [`${name}High`]: high };
};

function npsOf(answers: readonly Revision[]): Record<string, number | null> {
  const given = answers.filter((one) => one.score !== null && one.score >= 0 && one.score <= 10);
  const scores = scoresOf(given);
  const n = scores.length;
  const promoters = scores.filter((score) => score >= 9).length;
  const detractors = scores.filter((score) => score <= 6).length;
  const [p, d] = [(promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)];
  const reach = Z * Math.sqrt((p + d - (p - d) ** 2) / (n + 3));
  return {
    answers: n,
    people: peopleOf(given),
    promoters,
    passives: n - promoters - detractors,
    detractors,
    nps: (100 * (promoters - detractors)) / n,
    npsLow: 100 * (p - d - reach),
    npsHigh: 100 * (p - d + reach),
    notApplicable: answers.filter(({ notApplicable }) => notApplicable).length,
  };
}

const ofNps = ANSWERS.filter(({ metric }) => metric === "nps");

describe("nps", () => {
  it("counts what plain code counts, the kinds apart", async () => {
    const { rows } = await question("nps");
    expect(inOrder(rows)).toEqual(
      nearly(
        groups(ofNps, ({ kind }) => ({ kind, result: "all" })).map(([key, answers]) => ({
          ...key,
          ...npsOf(answers),
        })),
      ),
    );
    expect(rows).toHaveLength(2);
    const one = await question("nps", { kind: "relational" });
    expect(one.rows).toEqual(rows.filter((row) => row["kind"] === "relational"));
  });

  it.each([
    ["touchpoint", (one: Revision) => one.touchpoint],
    ["outcome", (one: Revision) => one.outcome],
    ["page", (one: Revision) => one.page],
    ["surveyVersion", (one: Revision) => String(one.version)],
  ])("is broken down by %s of the latest revision", async (breakdown, groupOf) => {
    const { rows } = await question("nps", { breakdown });
    expect(inOrder(rows)).toEqual(
      nearly(
        groups(ofNps, (one) => ({ group: groupOf(one), kind: one.kind, result: "all" })).map(
          ([key, answers]) => ({ ...key, ...npsOf(answers) }),
        ),
      ),
    );
  });

  it("tells those who reached a goal from those who did not", async () => {
    const reached = (one: Revision): boolean =>
      BOUGHT.some(
        ({ device, time }) =>
          personOf({ user: "", device }) === personOf(one) && Math.abs(time - one.time) <= 2 * DAY,
      );
    const { rows } = await question("nps", { goal: "bought", goalDays: 2 });
    expect(inOrder(rows)).toEqual(
      nearly(
        groups(ofNps, (one) => ({
          kind: one.kind,
          result: reached(one) ? "converted" : "not converted",
        })).map(([key, answers]) => ({ ...key, ...npsOf(answers) })),
      ),
    );
    expect(rows).toHaveLength(4);
  });

  it("compares periods by the interval of the difference", async () => {
    const [row] = (
      await question("nps", {
        kind: "relational",
        from: "2026-01-16",
        to: "2026-01-31",
        compare: { from: "2025-12-17", to: "2026-01-15" },
      })
    ).rows;
    const value = (name: string): number => Number(row?.[name]);
    expect(value("answersOther")).toBeGreaterThan(0);
    expect(value("npsDifference")).toBeCloseTo(value("nps") - value("npsOther"), 9);
    const low = Math.hypot(
      value("nps") - value("npsLow"),
      value("npsHighOther") - value("npsOther"),
    );
    const high = Math.hypot(
      value("npsHigh") - value("nps"),
      value("npsOther") - value("npsLowOther"),
    );
    expect(value("npsDifferenceLow")).toBeCloseTo(value("npsDifference") - low, 9);
    expect(value("npsDifferenceHigh")).toBeCloseTo(value("npsDifference") + high, 9);
  });

  it("withholds groups of few people", async () => {
    const { rows, meta } = await question("nps", { breakdown: "page" }, { minGroup: 1000 });
    expect(rows).toEqual([]);
    expect(meta.withheld).toBe(4);
  });
});

it("csat is the share of the two best scores and the mean over the maximum, of each scale", async () => {
  const { rows } = await question("csat");
  expect(inOrder(rows)).toEqual(
    nearly(
      groups(ANSWERS.filter(scaled("csat")), keyOf).map(([key, answers]) => {
        const max = answers[0]?.max ?? 0;
        const scores = scoresOf(answers);
        return {
          ...key,
          answers: answers.length,
          people: peopleOf(answers),
          ...share("satisfied", scores.filter((score) => score >= max - 1).length, scores.length),
          ...meanOf(
            "meanOfMaximum",
            scores.map((score) => score / max),
          ),
        };
      }),
    ),
  );
  expect(rows).toHaveLength(2);
});

it("ces never mixes scales and directions, and says of agreement alone how many found it easy", async () => {
  const { rows } = await question("ces");
  expect(inOrder(rows)).toEqual(
    nearly(
      groups(ANSWERS.filter(scaled("ces")), keyOf).map(([key, answers]) => {
        const scores = scoresOf(answers);
        const easy = scores.filter((score) => score >= 5).length;
        return {
          ...key,
          answers: answers.length,
          people: peopleOf(answers),
          ...meanOf("mean", scores),
          ...(key["scale"] === "1-7"
            ? share("easy", easy, scores.length)
            : { easy: null, easyShare: null, easyLow: null, easyHigh: null }),
        };
      }),
    ),
  );
  expect(rows.map((row) => [row["scale"], row["polarity"]])).toEqual(
    expect.arrayContaining([
      ["1-5", -1],
      ["1-7", 1],
    ]),
  );
});

it("scores are those of stars, smileys and thumbs, the best and the worst apart", async () => {
  const { rows } = await question("scores");
  const wanted = ["stars", "smiley", "thumbs"].flatMap((metric) =>
    groups(ANSWERS.filter(scaled(metric)), (one) => ({ metric, ...keyOf(one) })).map(
      ([key, answers]) => {
        const scores = scoresOf(answers);
        const at = (end: number | null | undefined): number =>
          scores.filter((score) => score === end).length;
        return {
          ...key,
          answers: answers.length,
          people: peopleOf(answers),
          ...meanOf("mean", scores),
          ...share("best", at(answers[0]?.max), scores.length),
          ...share("worst", at(answers[0]?.min), scores.length),
        };
      },
    ),
  );
  expect(inOrder(rows)).toEqual(nearly(wanted));
});

describe("score_distribution", () => {
  it("has every score of each scale, also those that nobody gave", async () => {
    const metrics = ["nps", "ces", "thumbs"];
    const { rows } = await question("score_distribution", { metrics });
    const onScale = ANSWERS.map((one) =>
      one.metric === "nps" ? { ...one, min: one.min ?? 0, max: one.max ?? 10 } : one,
    );
    const wanted = metrics.flatMap((metric) =>
      groups(onScale.filter(scaled(metric)), (one) => ({ metric, ...keyOf(one) })).flatMap(
        ([key, answers]) => {
          const [min, max] = [answers[0]?.min ?? 0, answers[0]?.max ?? 0];
          return Array.from({ length: max - min + 1 }, (_, n) => {
            const count = scoresOf(answers).filter((score) => score === min + n).length;
            const [low, high] = wilson(count, answers.length);
            return {
              ...key,
              score: min + n,
              answers: count,
              total: answers.length,
              share: count / answers.length,
              low,
              high,
              people: peopleOf(answers),
            };
          });
        },
      ),
    );
    expect(inOrder(rows)).toEqual(nearly(wanted));
    const few = await question("score_distribution", {
      filters: [{ property: "score", op: "=", value: 9 }],
    });
    expect(few.rows.map((row) => row["answers"]).filter((n) => n === 0)).toHaveLength(20);
  });
});

it.each(["nps", "csat", "ces", "scores", "score_distribution"])(
  "%s reads no text, nothing from before its period, and no event where no goal is asked for",
  async (name) => {
    const answer = await question(name, { from: "2026-02-01", to: "2026-02-10" });
    const indexes = await explained(store, answer.meta, "indexes = 1");
    expect(indexes).toMatch(/\.feedback\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(indexes).toMatch(/\.events\)[\s\S]*?Granules: 0\/\d/);
    const columns = await explained(store, answer.meta, "header = 1, actions = 0");
    expect(columns).not.toMatch(/\b(text|choice|traits) /);
  },
);

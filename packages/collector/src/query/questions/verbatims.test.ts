/** Texts, their themes and words against plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DAY,
  JANUARY,
  latestInJanuary,
  moodOf,
  NEW_YEAR,
  personOf,
  randomRevisions,
  type Revision,
  scoredAnswers,
  storeRevisions,
  uuid,
} from "../../testing/answers.js";
import { inOrder, nearly } from "../../testing/unordered.js";
import { sharesOf } from "../../testing/intervals.js";
import { asker, explained } from "../../testing/question.js";
import { explainError } from "../../error-handler.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const RANDOM = randomRevisions(13, 1200);
const [SOME] = RANDOM;
if (SOME === undefined) throw new Error("no answers");
const only = (n: number, text: string, more: Partial<Revision> = {}): Revision => ({
  ...SOME,
  id: uuid(9, n),
  response: uuid(9, n),
  time: NEW_YEAR + 5 * DAY + n,
  device: 39,
  bot: false,
  metric: "text",
  question: "why",
  score: null,
  text,
  notApplicable: false,
  ...more,
});
const REVISIONS = [
  ...RANDOM,
  only(1, "100 % cotton_wool"),
  only(2, "100 fois, cottonXwool"),
  only(3, "Unique"),
  // What was said first is said no more.
  only(4, "Réparation ratée"),
  only(5, "Tout va bien", { response: uuid(9, 4) }),
];
const TEXTS = latestInJanuary(REVISIONS).filter(({ text }) => text !== "");
const SCORES = scoredAnswers(REVISIONS);
const moodOfText = ({ response }: Revision): string => {
  const scored = SCORES.get(response);
  return scored === undefined ? "none" : moodOf(scored);
};

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeRevisions(store, REVISIONS);
});
afterAll(async () => {
  await store.close();
});
const question = asker(() => store, JANUARY);

const textsOf = async (input: object): Promise<unknown[]> =>
  (await question("verbatims", { limit: 1000, ...input })).rows.map((row) => row["text"]);

describe("verbatims", () => {
  it("are the latest revisions, each with the score that goes with it, the latest first", async () => {
    const { rows } = await question("verbatims", { limit: 1000 });
    expect(rows).toHaveLength(TEXTS.length);
    expect(
      inOrder(
        rows.map(({ at, text, questionId, score, people }) => ({
          at,
          text,
          questionId,
          score,
          people,
        })),
      ),
    ).toEqual(
      nearly(
        TEXTS.map((one) => ({
          at: new Date(one.time).toISOString(),
          text: one.text,
          questionId: one.question,
          score: SCORES.get(one.response)?.score ?? null,
          people: new Set(TEXTS.map(personOf)).size,
        })),
      ),
    );
    const times = rows.map((row) => String(row["at"]));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(
      Object.keys(rows[0] ?? {}).filter((name) => /person|session|response|user/i.test(name)),
    ).toEqual([]);
  });

  it("are found by what they contain, in either case, and signs of patterns are but signs", async () => {
    const having = (part: string): string[] =>
      TEXTS.map(({ text }) => text).filter((text) => text.toLowerCase().includes(part));
    expect(await textsOf({ search: "ÉQUIPE" })).toEqual(expect.arrayContaining(having("équipe")));
    expect(await textsOf({ search: "ÉQUIPE" })).toHaveLength(having("équipe").length);
    expect(await textsOf({ search: "100 %" })).toEqual(["100 % cotton_wool"]);
    expect(await textsOf({ search: "n_w" })).toEqual(["100 % cotton_wool"]);
    expect(await textsOf({ search: "\\\\%" })).toEqual([]);
    expect(await textsOf({ search: "ratée" })).toEqual([]);
    await expect(question("verbatims", { search: "ab" })).rejects.toThrow(/too short: give three/);
  });

  it("are chosen by score, kind and any filter", async () => {
    const wanted = TEXTS.filter(
      (one) => moodOfText(one) === "low" && one.kind === "relational" && one.touchpoint === "cart",
    );
    const filters = [{ property: "touchpoint", op: "=", value: "cart" }];
    const found = await textsOf({ scores: "low", kind: "relational", filters });
    expect(inOrder(found.map((text) => ({ text })))).toEqual(
      nearly(wanted.map(({ text }) => ({ text }))),
    );
    expect(wanted.length).toBeGreaterThan(3);
  });

  it("of few people whom a trait chooses are withheld", async () => {
    const filters = [{ property: "traits.plan", op: "exists", value: false }];
    const shown = await question("verbatims", { filters, search: "unique" }, { minGroup: 1 });
    expect(shown.rows).toMatchObject([{ text: "Unique", people: 1 }]);
    const answer = await question("verbatims", { filters, search: "unique" }, { minGroup: 5 });
    expect(answer).toMatchObject({ rows: [], meta: { withheld: 1 } });
  });

  it("are sought in the blocks alone that may contain it", async () => {
    const many = Array.from({ length: 60_000 }, (_, n) => only(100 + n, `le prix ${n % 9}`));
    const other = await openTestStore();
    try {
      await storeRevisions(other, [...many, only(9, "Remboursement refusé")]);
      const answer = await asker(() => other, JANUARY)("verbatims", { search: "remboursement" });
      expect(answer.rows).toHaveLength(1);
      // Those that say it, which ClickHouse looks for first, in a statement of its own.
      const [, sought = ""] = /GLOBAL IN\s*\(([\s\S]*?)\n\s*\)\)/.exec(answer.meta.sql) ?? [];
      const plan = await explained(other, { ...answer.meta, sql: sought }, "indexes = 1");
      const [, read, all] = /Name: text_grams[\s\S]*?Granules: (\d+)\/(\d+)/.exec(plan) ?? [];
      expect(Number(all)).toBeGreaterThan(5);
      expect(Number(read)).toBeLessThanOrEqual(2);
    } finally {
      await other.close();
    }
  });
});

describe("themes", () => {
  const themes = { price: "PRIX|cher", bug: "^bug| bug", none: "zzz" };

  it("are the texts in which a pattern is found, and those in which none is", async () => {
    const { rows } = await question("themes", { themes });
    const has: Record<string, (text: string) => boolean> = {
      price: (text) => text.includes("prix") || text.includes("cher"),
      bug: (text) => text.split(" ").some((word) => word.startsWith("bug")),
      none: () => false,
    };
    const rowOf = (theme: string, texts: readonly Revision[]) => {
      const scored = texts.filter((one) => moodOfText(one) !== "none");
      const low = scored.filter((one) => moodOfText(one) === "low").length;
      return {
        theme,
        answers: texts.length,
        people: new Set(texts.map(personOf)).size,
        texts: TEXTS.length,
        ...sharesOf(texts.length, TEXTS.length, ["share", "low", "high"]),
        scored: scored.length,
        lowScores: low,
        ...sharesOf(low, scored.length, ["lowShare", "lowShareLow", "lowShareHigh"]),
      };
    };
    expect(inOrder(rows)).toEqual(
      nearly([
        ...Object.entries(has).map(([theme, test]) =>
          rowOf(
            theme,
            TEXTS.filter(({ text }) => test(text)),
          ),
        ),
        rowOf(
          "",
          TEXTS.filter(({ text }) => Object.values(has).every((test) => !test(text))),
        ),
      ]),
    );
  });

  it("are limited, and need a pattern each", async () => {
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`t${n}`, "a"]));
    await expect(question("themes", { themes: many })).rejects.toThrow(/are 31: at most 30/);
    await expect(question("themes", { themes: {} })).rejects.toThrow(/at least one/);
    await expect(question("themes", { themes: { a: "x".repeat(257) } })).rejects.toThrow(/256/);
  });
});

it("a pattern that RE2 does not know is quoted in the answer", async () => {
  const error: unknown = await question("themes", { themes: { a: "x(?=y)" } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(explainError(error)).toMatchObject({
    code: "invalid_parameter",
    message: '"x(?=y)" is no pattern of RE2: invalid perl operator: (?=',
  });
});

describe("score_words", () => {
  it("are ranked by their log-odds with a prior of all words", async () => {
    const { rows } = await question("score_words", { prior: 40, limit: 500 });
    const words = (text: string): Set<string> =>
      new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
    const scored = TEXTS.filter((one) => moodOfText(one) !== "none");
    const counts = new Map<
      string,
      { all: number; low: number; high: number; people: Set<string> }
    >();
    for (const one of scored) {
      const mood = moodOfText(one);
      for (const word of words(one.text)) {
        const count = counts.get(word) ?? { all: 0, low: 0, high: 0, people: new Set() };
        counts.set(word, count);
        count.all += 1;
        if (mood === "low") count.low += 1;
        if (mood === "high") count.high += 1;
        if (mood !== "neither") count.people.add(personOf(one));
      }
    }
    const sum = (part: "all" | "low" | "high"): number =>
      [...counts.values()].reduce((total, count) => total + count[part], 0);
    const [all, low, high] = [sum("all"), sum("low"), sum("high")];
    expect(inOrder(rows)).toEqual(
      nearly(
        [...counts].map(([word, count]) => {
          const a = (40 * count.all) / all;
          const odds = (x: number, n: number): number => Math.log((x + a) / (n + 40 - x - a));
          const logOdds = odds(count.low, low) - odds(count.high, high);
          const deviation = Math.sqrt(1 / (count.low + a) + 1 / (count.high + a));
          return {
            word,
            side: logOdds > 0 ? "low" : "high",
            lowTexts: count.low,
            highTexts: count.high,
            people: count.people.size,
            logOdds,
            logOddsLow: logOdds - 1.959963984540054 * deviation,
            logOddsHigh: logOdds + 1.959963984540054 * deviation,
            zScore: logOdds / deviation,
          };
        }),
      ),
    );
    const strength = rows.map((row) => Math.abs(Number(row["zScore"])));
    expect(strength).toEqual(strength.toSorted((a, b) => b - a));
  });

  it("of few people are withheld, without a breakdown too", async () => {
    const few = await question("score_words", {}, { minGroup: 30 });
    expect(few.meta.withheld).toBeGreaterThan(0);
    expect(few.rows.every((row) => Number(row["people"]) >= 30)).toBe(true);
  });
});

it.each(["verbatims", "themes", "score_words"])(
  "%s reads nothing from before its period",
  async (name) => {
    const themes = name === "themes" ? { themes: { a: "prix" } } : {};
    const answer = await question(name, { from: "2026-02-01", to: "2026-02-10", ...themes });
    const indexes = await explained(store, answer.meta, "indexes = 1");
    expect(indexes).toMatch(/\.feedback\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(await explained(store, answer.meta, "header = 1, actions = 0")).not.toMatch(
      /\b(traits|choice|properties) /,
    );
  },
);

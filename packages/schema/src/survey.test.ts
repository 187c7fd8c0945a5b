import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { surveySchema } from "./survey.js";
import type { Survey } from "./survey-types.js";

const survey: Survey = {
  id: "checkout",
  version: 3,
  kind: "transactional",
  objective: "Decide whether delivery times are shown earlier",
  touchpoint: "checkout",
  placement: "popover",
  timeoutSeconds: 30,
  questions: [
    { id: "score", metric: "csat", max: 5, branches: [{ scores: [4, 5], go: "end" }] },
    { id: "cause", metric: "choice", options: ["price", "delay"], multiple: true },
    { id: "why", metric: "text" },
  ],
  texts: {
    en: {
      questions: {
        score: { ask: "How was it?", low: "Bad", high: "Good" },
        cause: { ask: "What was wrong?", options: { price: "Price", delay: "Delay" } },
        why: { ask: "Why?" },
      },
    },
  },
};

/** What is said of the survey once this is put into it. */
function faults(change: (survey: Survey) => void): string[] {
  const changed = structuredClone(survey);
  change(changed);
  const { error } = surveySchema.safeParse(changed);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

test("a survey that fits together is taken as it is", () => {
  expect(surveySchema.parse(survey)).toEqual(survey);
});

describe("a survey is refused", () => {
  test("whose ids stand twice, or are the word for the end", () => {
    expect(faults((one) => (one.questions[2]!.id = "cause"))).toContain(
      'questions.2.id: "cause" is taken',
    );
    expect(faults((one) => (one.questions[2]!.id = "end"))).toContain(
      'questions.2.id: "end" is taken',
    );
  });

  test("whose branches lead back or nowhere", () => {
    for (const go of ["score", "cause", "nobody"]) {
      expect(faults((one) => (one.questions[1]!.branches = [{ go }]))).toEqual([
        `questions.1.branches.0.go: "${go}" is no later question`,
      ]);
    }
  });

  test("that lacks words of a question or an option in one of its languages", () => {
    const fr = { questions: { score: { ask: "Note ?" }, why: { ask: "Pourquoi ?" } } };
    expect(faults((one) => (one.texts["fr"] = fr))).toEqual([
      "texts.fr.questions.cause: has no words",
    ]);
    expect(
      faults((one) => (one.texts["en"]!.questions["cause"]!.options = { price: "Price" })),
    ).toEqual(['texts.en.questions.cause.options: lacks "delay"']);
    expect(faults((one) => (one.texts = {}))).toContain("texts: has no language");
  });

  test("whose scale is none of its metric's, or whose options could not be stored", () => {
    expect(faults((one) => Object.assign(one.questions[0]!, { max: 7 }))).toHaveLength(1);
    expect(
      faults((one) => Object.assign(one.questions[1]!, { options: ["a,b", "c"] })),
    ).not.toEqual([]);
    expect(faults((one) => Object.assign(one.questions[1]!, { options: ["a", "a"] }))).toContain(
      "questions.1.options: has an option twice",
    );
    expect(faults((one) => (one.timeoutSeconds = 5))).toHaveLength(1);
  });
});

test("names of an object's own machinery are words like any other", () => {
  const id = "constructor";
  expect(faults((one) => one.questions.push({ id, metric: "text" }))).toEqual([
    "texts.en.questions.constructor: has no words",
  ]);
});

test("whatever comes in, the answer is a survey or a reason, never an exception", () => {
  const anything = fc.oneof(
    fc.anything(),
    fc
      .record({ at: fc.constantFrom(...Object.keys(survey)), value: fc.anything() })
      .map(({ at, value }) => ({ ...survey, [at]: value })),
  );
  fc.assert(
    fc.property(anything, (input) => {
      const { success, error } = surveySchema.safeParse(input);
      expect(success || error.issues.length > 0).toBe(true);
    }),
  );
});

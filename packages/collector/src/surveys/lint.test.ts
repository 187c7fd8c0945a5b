import type { Question, SurveyDefinition, SurveyPlan } from "@balise/schema";
import { describe, expect, test } from "vitest";
import { lint } from "./lint.js";
import { surveyOf } from "./testing/survey.js";
import { leadingWords } from "./wording.js";

const messages = (plan: SurveyPlan): string[] =>
  lint(plan).map(({ rule, surveyId, message }) => `${rule} ${surveyId ?? "-"} ${message}`);

const of = (change: Partial<SurveyDefinition>): string[] =>
  messages({ surveys: [surveyOf(change)] });

/** A survey of these questions, each with the same words. */
function asking(...questions: Question[]): Partial<SurveyDefinition> {
  const words = Object.fromEntries(
    questions.map((question) => [
      question.id,
      {
        ask: "And this?",
        ...(question.metric === "choice" && {
          options: Object.fromEntries(question.options.map((id) => [id, id])),
        }),
      },
    ]),
  );
  return { questions, texts: { fr: { questions: words }, en: { questions: words } } };
}

test("nothing is said of a plan that follows the advice", () => {
  expect(lint({ surveys: [surveyOf()] })).toEqual([]);
  expect(lint({ surveys: [] })).toEqual([]);
});

test("a survey without an objective is told", () => {
  const survey = surveyOf();
  delete survey.objective;
  expect(messages({ surveys: [survey] })).toEqual([
    "no-objective checkout it states no objective: write what you will decide with the answers",
  ]);
  expect(of({ objective: "  " })).toHaveLength(1);
});

test("three questions are few enough, four are not", () => {
  const text = (id: string): Question => ({ id, metric: "text" });
  expect(of(asking(text("a"), text("b"), text("c")))).toEqual([]);
  expect(of(asking(text("a"), text("b"), text("c"), text("d")))).toEqual([
    expect.stringContaining("too-many-questions checkout it has 4 questions"),
  ]);
});

describe("scales", () => {
  const csat = (max: 5 | 10, id = `csat${max}`): Question => ({ id, metric: "csat", max });
  const ces = (max: 5 | 7, id = `ces${max}`): Question => ({ id, metric: "ces", max });

  test("of one metric do not mix within a survey", () => {
    expect(of(asking(csat(5), csat(5, "again"), { id: "nps", metric: "nps" }))).toEqual([]);
    expect(of(asking(csat(5), csat(10)))).toEqual([
      "mixed-scales checkout it asks for csat on two scales: choose one",
    ]);
  });

  test("that mean opposite things do not mix either", () => {
    expect(of(asking(ces(7), csat(5)))).toEqual([]);
    expect(of(asking(csat(5), ces(5)))).toEqual([
      expect.stringContaining("csat up to 5 is good when high, ces up to 5 when low"),
    ]);
  });

  test("of one metric are the same at one touchpoint, and may differ at another", () => {
    const other = (touchpoint: string): SurveyDefinition =>
      surveyOf({ id: "other", touchpoint, ...asking(csat(10)) });
    expect(messages({ surveys: [surveyOf(), other("checkout")] })).toEqual([
      expect.stringContaining('mixed-scales other it asks for csat up to 10, "checkout"'),
    ]);
    expect(messages({ surveys: [surveyOf(), other("delivery")] })).toEqual([]);
  });
});

describe("languages", () => {
  const { fr = { questions: {} }, en = { questions: {} } } = surveyOf().texts;

  test("that any survey has, all surveys have", () => {
    const french = surveyOf({ id: "french", texts: { fr } });
    expect(messages({ surveys: [surveyOf(), french] })).toEqual([
      'missing-language french it has no texts in "en": add them',
    ]);
    expect(messages({ surveys: [french] })).toEqual([]);
  });

  test("that the plan asks for, all surveys have, in whatever variant", () => {
    expect(messages({ languages: ["fr-CA", "en", "de"], surveys: [surveyOf()] })).toEqual([
      'missing-language checkout it has no texts in "de": add them',
    ]);
  });

  test("name the ends of a scale all or none", () => {
    const labelled = structuredClone(en);
    Object.assign(labelled.questions["score"] ?? {}, { low: "Bad" });
    expect(of({ texts: { fr, en: labelled } })).toEqual([
      'missing-language checkout question "score" says what low means, but not in fr',
    ]);
  });
});

describe("caps", () => {
  test("looser than the advice are told, as loose or tighter are not", () => {
    expect(of({ cap: { times: 1, days: 90 } })).toEqual([]);
    expect(of({ cap: { times: 2, days: 180 } })).toEqual([expect.stringMatching(/^loose-cap/)]);
    expect(of({ cap: { times: 1, days: 400 } })).toEqual([]);
    expect(of({ cap: { times: 1, days: 89 } })).toEqual([
      "loose-cap checkout its cap of 1 in 89 days is looser than the advised 1 in 90 days",
    ]);
    expect(of({ cap: { times: 1, days: 1 }, placement: "tab" })).toEqual([]);
  });

  test("over all surveys are told once", () => {
    const fatigue = {
      quietDays: 7,
      quietAfterDismissalsDays: 90,
      relationalDays: 30,
      perSession: 2,
      perMetric: { nps: { times: 1, days: 7 }, csat: { times: 1, days: 60 } },
      overall: { times: 12, days: 365 },
    };
    expect(messages({ fatigue, surveys: [surveyOf(), surveyOf({ id: "b" })] })).toEqual([
      "loose-cap - fatigue.quietDays of 7 is less than the advised 30",
      "loose-cap - fatigue.relationalDays of 30 is less than the advised 90",
      "loose-cap - fatigue.perSession of 2 is more than the advised 1",
      "loose-cap - fatigue.perMetric.nps of 1 in 7 days is looser than the advised 1 in 30 days",
      "loose-cap - fatigue.overall of 12 in 365 days is looser than the advised 4 in 365 days",
    ]);
  });
});

describe("wording", () => {
  test.each([
    ["en", "Don't you think our shop is easy?", "don't you"],
    ["en", "How great was your visit?", "how great was"],
    ["en", "How much did you enjoy the checkout?", "how much did you enjoy"],
    ["en-GB", "Do you agree that delivery is fast?", "do you agree that"],
    ["en", "How do you rate our award-winning service?", "our award-winning"],
    ["en", "The form was simple, isn't it?", "isn't it"],
    ["en", "Will you give us 5 stars?", "give us 5"],
    ["fr", "Notre site est simple, n’est-ce pas ?", "n'est-ce pas"],
    ["fr-CA", "Ne pensez-vous pas que c'est simple ?", "ne pensez-vous pas"],
    ["fr", "N'êtes-vous pas satisfait ?", "n'êtes-vous pas"],
    ["fr", "Êtes-vous d'accord pour dire que c'est rapide ?", "êtes-vous d'accord pour dire"],
    ["fr", "À quel point avez-vous aimé votre visite ?", "à quel point avez-vous aimé"],
    ["fr", "Que pensez-vous de notre excellent service ?", "notre excellent"],
    ["fr", "Vous avez évidemment trouvé l'agence ?", "évidemment"],
    ["fr", "Comme la plupart de nos clients, êtes-vous ravi ?", "comme la plupart de nos clients"],
    ["fr", "C'était simple, non ?", ", non ?"],
  ])("in %s %j leads by %j", (language, text, words) => {
    expect(leadingWords(text, language)).toBe(words);
  });

  test.each([
    ["en", "How satisfied are you with the checkout?"],
    ["en", "How likely are you to recommend us to a friend?"],
    ["en", "How easy was it to get a quote?"],
    ["en", "To what extent do you agree that it was easy?"],
    ["en", "Did you find what you were looking for?"],
    ["en", "What is missing from our most popular pages?"],
    ["en", "What was wrong?"],
    ["fr", "Recommanderiez-vous notre service à un proche ?"],
    ["fr", "Quelle est votre satisfaction ?"],
    ["fr", "Dans quelle mesure êtes-vous d'accord que c'était simple ?"],
    ["fr", "Avez-vous trouvé ce que vous cherchiez ?"],
    ["fr", "Qu'est-ce qui n'a pas fonctionné ?"],
    ["fr", "Cette page répond-elle à votre question, oui ou non ?"],
    ["de", "Finden Sie nicht auch, dass our great shop?"],
    ["constructor", "Don't you think?"],
  ])("in %s %j leads nowhere", (language, text) => {
    expect(leadingWords(text, language)).toBeUndefined();
  });

  test("is looked at in every language of every question", () => {
    const { fr = { questions: {} } } = surveyOf().texts;
    const en = { questions: { score: { ask: "How great was it?" } } };
    expect(of({ texts: { fr, en } })).toEqual([
      expect.stringContaining('leading-wording checkout question "score" (en)'),
    ]);
  });
});

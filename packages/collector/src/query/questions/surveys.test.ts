/** Rates of displays and claims against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EventRow,
  inJanuary,
  JANUARY,
  latest,
  latestInJanuary,
  moodOf,
  NEW_YEAR,
  DAY,
  personOf,
  randomRevisions,
  sequence,
  storeEvents,
  storeRevisions,
  uuid,
} from "../../testing/answers.js";
import { inOrder, nearly } from "../../testing/unordered.js";
import { wilson } from "../../testing/intervals.js";
import { asker, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

interface Display {
  response: string;
  survey: string;
  kind: string;
  device: number;
  page: string;
  time: number;
  bot: boolean;
  ends: string[];
}

const random = sequence(11);
const REVISIONS = randomRevisions(5, 900);
const ENDS = ["survey_completed", "survey_dismissed", "survey_abandoned", "survey_timed_out"];

/** Displays of all that was answered and of much that was not; "call" never tells that it was completed. */
const DISPLAYS: Display[] = [
  ...new Map(REVISIONS.map((one) => [one.response, one])).values(),
  ...Array.from({ length: 700 }, (_, n) => ({
    response: uuid(8, n),
    survey: ["order", "relation", "call"][n % 3] ?? "",
    kind: ["transactional", "relational", "transactional"][n % 3] ?? "",
    device: random(40),
    page: ["/a", "/b"][random(2)] ?? "",
    time: NEW_YEAR + (random(62) - 15) * DAY,
    bot: random(15) === 0,
  })),
].map((one) => ({
  response: one.response,
  survey: one.survey,
  kind: one.kind,
  device: one.device,
  page: one.page,
  time: one.time - 60_000,
  bot: one.bot,
  ends: ENDS.filter(
    (name) => random(3) === 0 && (one.survey !== "call" || name !== "survey_completed"),
  ),
}));

/** Of a question in two wordings; of some nothing is known. */
const wordingOf = (id: string): string =>
  ["How was it?", "Comment était-ce ?", ""][Number(id.slice(-2)) % 3] ?? "";

const BOUGHT: EventRow[] = Array.from({ length: 20 }, () => ({
  name: "bought",
  device: random(40),
  time: NEW_YEAR + random(31) * DAY,
}));

const EVENTS: EventRow[] = [
  ...BOUGHT,
  ...DISPLAYS.flatMap((one): EventRow[] => {
    const properties = { responseId: one.response, surveyId: one.survey, kind: one.kind };
    const columns = { properties, page_path: one.page, bot: one.bot };
    return [
      { name: "survey_shown", time: one.time, device: one.device, columns },
      ...one.ends.map((name) => ({ name, time: one.time + 50_000, device: one.device, columns })),
    ];
  }),
  ...REVISIONS.map(({ id, time, device, bot }) => ({
    name: "survey_answered",
    time,
    device,
    columns: { id, bot, properties: wordingOf(id) === "" ? {} : { wording: wordingOf(id) } },
  })),
  // Of a sender that tells no response: each is a display of its own.
  ...Array.from({ length: 9 }, (_, device) => ({
    name: "survey_shown",
    time: NEW_YEAR + DAY,
    device,
    columns: { properties: { surveyId: "mail" } },
  })),
];

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

const rate = (name: string, x: number, n: number): Record<string, number> => {
  const [low, high] = wilson(x, n);
  return { [`${name}Rate`]: x / n, [`${name}Low`]: low, [`${name}High`]: high };
};
const NO_COMPLETION = {
  completed: null,
  completionRate: null,
  completionLow: null,
  completionHigh: null,
  abandoned: null,
  abandonmentRate: null,
  abandonmentLow: null,
  abandonmentHigh: null,
};

const ANSWERED = new Set(
  latest(REVISIONS)
    .filter(
      ({ time, score, text, notApplicable }) =>
        time >= NEW_YEAR && (score !== null || text !== "" || notApplicable),
    )
    .map(({ response }) => response),
);

function ratesOf(displays: readonly Display[]): Record<string, number | null> {
  const n = displays.length;
  const answered = displays.filter(({ response }) => ANSWERED.has(response));
  const others = displays.filter(({ response }) => !ANSWERED.has(response));
  const dismissed = others.filter(({ ends }) => ends.includes("survey_dismissed")).length;
  const completed = answered.filter(({ ends }) => ends.includes("survey_completed")).length;
  const abandoned = answered.length - completed;
  return {
    displays: n,
    people: new Set(displays.map(({ device }) => personOf({ user: "", device }))).size,
    responses: answered.length,
    ...rate("response", answered.length, n),
    dismissed,
    ...rate("dismissal", dismissed, n),
    ignored: others.length - dismissed,
    ...rate("ignored", others.length - dismissed, n),
    ...(completed === 0
      ? NO_COMPLETION
      : {
          completed,
          ...rate("completion", completed, answered.length),
          abandoned,
          ...rate("abandonment", abandoned, answered.length),
        }),
  };
}

describe("feedback_rates", () => {
  const shown = DISPLAYS.filter((one) => !one.bot && inJanuary(one));
  const surveys = [...new Set(shown.map(({ survey }) => survey))];
  const of = (survey: string): Display[] => shown.filter((one) => one.survey === survey);

  it("divides displays into answered, dismissed and ignored, and the answered into completed and abandoned", async () => {
    const { rows } = await question("feedback_rates", {
      filters: [{ property: "properties.surveyId", op: "!=", value: "mail" }],
    });
    const kinds = (survey: string): string[] => [...new Set(of(survey).map(({ kind }) => kind))];
    expect(inOrder(rows)).toEqual(
      nearly(
        surveys.flatMap((survey) =>
          kinds(survey).map((kind) => ({
            surveyId: survey,
            kind,
            result: "all",
            ...ratesOf(of(survey).filter((one) => one.kind === kind)),
          })),
        ),
      ),
    );
    const call = rows.find((row) => row["surveyId"] === "call");
    expect(call).toMatchObject(NO_COMPLETION);
    expect(Number(call?.["responses"])).toBeGreaterThan(0);
  });

  it("counts displays without a response each by itself", async () => {
    const { rows } = await question("feedback_rates", {
      filters: [{ property: "properties.surveyId", op: "=", value: "mail" }],
    });
    expect(rows).toMatchObject([{ surveyId: "mail", displays: 9, people: 5, responses: 0 }]);
  });

  it("is broken down by a field of the display", async () => {
    const filters = [{ property: "properties.surveyId", op: "=", value: "call" }];
    const { rows } = await question("feedback_rates", { filters, breakdown: "page" });
    expect(inOrder(rows)).toEqual(
      nearly(
        ["/a", "/b"].map((page) => ({
          group: page,
          surveyId: "call",
          kind: "transactional",
          result: "all",
          ...ratesOf(of("call").filter((one) => one.page === page)),
        })),
      ),
    );
  });

  it("tells those who reached a goal from those who did not", async () => {
    const filters = [{ property: "properties.surveyId", op: "=", value: "order" }];
    const { rows } = await question("feedback_rates", { filters, goal: "bought", goalDays: 3 });
    const reached = (one: Display): boolean =>
      BOUGHT.some(
        ({ device, time }) =>
          personOf({ user: "", device }) === personOf({ user: "", device: one.device }) &&
          Math.abs(time - one.time) <= 3 * DAY,
      );
    expect(inOrder(rows)).toEqual(
      nearly(
        [true, false].map((converted) => ({
          surveyId: "order",
          kind: "transactional",
          result: converted ? "converted" : "not converted",
          ...ratesOf(of("order").filter((one) => reached(one) === converted)),
        })),
      ),
    );
  });

  it("reads the events of surveys alone, none from before its period", async () => {
    const answer = await question("feedback_rates", { from: "2026-02-01", to: "2026-02-10" });
    expect(await explained(store, answer.meta, "indexes = 1")).toMatch(
      /\.events\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d[\s\S]*?PrimaryKey[\s\S]*?name/,
    );
    expect(await explained(store, answer.meta, "header = 1, actions = 0")).not.toMatch(
      /\b(traits|page_path|value) /,
    );
  });
});

describe("publishable_claim", () => {
  it("is the share of pleased answers of each wording, with its days", async () => {
    const { rows } = await question("publishable_claim", { minAnswers: 9 });
    const bounds = ({
      metric,
      min,
      max,
    }: {
      metric: string;
      min: number | null;
      max: number | null;
    }) => (metric === "nps" ? [min ?? 0, max ?? 10] : [min ?? 0, max ?? 0]);
    const counted = latestInJanuary(REVISIONS).filter((one) => {
      const [min = 0, max = 0] = bounds(one);
      return one.score !== null && one.metric !== "text" && one.score >= min && one.score <= max;
    });
    const favourable: Record<string, string> = {
      nps: "9-10",
      "csat 1-5": "4-5",
      "csat 1-10": "9-10",
      "ces 1-7": "5-7",
      "ces 1-5": "1-2",
      "stars 1-5": "4-5",
      "smiley 1-3": "3-3",
      "thumbs 0-1": "1-1",
    };
    const keys = new Map<string, typeof counted>();
    for (const one of counted) {
      const scale = bounds(one).join("-");
      const key = JSON.stringify({
        surveyId: one.survey,
        questionId: one.question,
        surveyVersion: String(one.version),
        wording: wordingOf(one.id),
        metric: one.metric,
        kind: one.kind,
        scale,
        favourable: favourable[one.metric === "nps" ? "nps" : `${one.metric} ${scale}`],
      });
      keys.set(key, [...(keys.get(key) ?? []), one]);
    }
    expect(inOrder(rows)).toEqual(
      nearly(
        [...keys].map(([key, answers]) => {
          const pleased = answers.filter((one) => moodOf(one) === "high").length;
          const [low, high] = wilson(pleased, answers.length);
          const times = answers.map(({ time }) => time);
          return {
            ...Object(JSON.parse(key)),
            answers: answers.length,
            people: new Set(answers.map(personOf)).size,
            pleased,
            share: pleased / answers.length,
            low,
            high,
            firstAnswer: new Date(Math.min(...times)).toISOString(),
            lastAnswer: new Date(Math.max(...times)).toISOString(),
            enough: answers.length >= 9,
          };
        }),
      ),
    );
    expect(new Set(rows.map((row) => row["enough"]))).toEqual(new Set([true, false]));
  });

  it("reads the events of answers alone, none from before its period", async () => {
    const answer = await question("publishable_claim", { from: "2026-02-01", to: "2026-02-10" });
    const indexes = await explained(store, answer.meta, "indexes = 1");
    expect(indexes).toMatch(/\.feedback\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(indexes).toMatch(/\.events\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
  });
});

/** What was done about low scores against the same computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EventRow,
  JANUARY,
  latestInJanuary,
  moodOf,
  personOf,
  randomRevisions,
  type Revision,
  sequence,
  storeEvents,
  storeRevisions,
  uuid,
} from "../../testing/answers.js";
import { wilson } from "../../testing/intervals.js";
import { asker, explained } from "../../testing/question.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { inOrder, nearly } from "../../testing/unordered.js";

interface Step {
  id: string;
  response: string;
  time: number;
  status: string;
  owner: string;
}

const REVISIONS = randomRevisions(23, 900);
const random = sequence(29);
const STATUSES = ["open", "in_progress", "resolved", "dropped"];
const STEPS: Step[] = REVISIONS.flatMap(({ response, time }) =>
  Array.from({ length: random(3) }, () => ({
    response,
    time: time + (random(200) - 3) * 3_600_000,
    status: STATUSES[random(4)] ?? "",
    owner: ["ada", "bob", ""][random(3)] ?? "",
  })),
).map((step, n) => ({ ...step, id: uuid(10, n) }));

const SHOWN: EventRow[] = REVISIONS.filter(() => random(2) === 0).map((one) => ({
  name: "survey_shown",
  time: one.time + (random(20) - 10) * 86_400_000,
  device: one.device,
  columns: {
    bot: random(9) === 0,
    properties: {
      surveyId: one.survey,
      responseId: random(3) === 0 ? one.response : uuid(11, random(99_999)),
    },
  },
}));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeRevisions(store, REVISIONS);
  await storeEvents(store, SHOWN);
  await store.client.command({ query: "SYSTEM STOP MERGES follow_up_steps" });
  const rows = STEPS.map((step) => ({
    site_id: "default",
    id: step.id,
    response_id: step.response,
    changed_at: step.time,
    status: step.status,
    owner: step.owner,
    received_at: step.time,
  }));
  // Some were told wrongly at first, and some are told twice.
  const before = rows.slice(0, 40).map((row) => ({ ...row, status: "dropped", received_at: 1 }));
  for (const values of [before, rows, rows.filter((_, n) => n % 3 === 0)]) {
    await store.client.insert({ table: "follow_up_steps", values, format: "JSONEachRow" });
  }
});
afterAll(async () => {
  await store.close();
});
const question = asker(() => store, JANUARY);

const later = (a: { time: number; id: string }, b: { time: number; id: string }): number =>
  a.time - b.time || (a.id < b.id ? -1 : 1);

interface Case {
  first: Revision;
  status: string;
  owner: string;
  seconds: number | undefined;
  askedAgain: number | undefined;
}

function caseOf(answers: readonly Revision[]): Case {
  const [first] = answers.toSorted(later);
  if (first === undefined) throw new Error("no answer");
  const steps = STEPS.filter(({ response }) => response === first.response).toSorted(later);
  const done = steps.find(({ status }) => status !== "open");
  const asked = [
    ...SHOWN.filter(({ columns }) => columns?.["bot"] !== true).map(
      ({ device, time, columns }) => ({
        person: personOf({ user: "", device }),
        time,
        ...Object(columns?.["properties"]),
      }),
    ),
    ...REVISIONS.filter(({ bot }) => !bot).map((one) => ({
      person: personOf(one),
      time: one.time,
      surveyId: one.survey,
      responseId: one.response,
    })),
  ].filter(
    ({ person, time, surveyId, responseId }) =>
      person === personOf(first) &&
      surveyId === first.survey &&
      time > first.time &&
      responseId !== first.response,
  );
  return {
    first,
    status: steps.at(-1)?.status ?? "open",
    owner: steps.at(-1)?.owner ?? "",
    seconds: done === undefined ? undefined : Math.max(0, (done.time - first.time) / 1000),
    askedAgain: asked.length === 0 ? undefined : Math.min(...asked.map(({ time }) => time)),
  };
}

const LOW = latestInJanuary(REVISIONS).filter((one) => moodOf(one) === "low" && !one.notApplicable);
const CASES = [...new Set(LOW.map(({ response }) => response))].map((response) =>
  caseOf(LOW.filter((one) => one.response === response)),
);

/** Between the two values that it lies between. */
function quantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * level;
  const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

function summaryOf(owner: string, cases: readonly Case[]): Record<string, unknown> {
  const seconds = cases.flatMap((one) => (one.seconds === undefined ? [] : [one.seconds]));
  const n = cases.length;
  const share = (name: string, x: number) => {
    const [low, high] = wilson(x, n);
    return { [name]: x, [`${name}Share`]: x / n, [`${name}Low`]: low, [`${name}High`]: high };
  };
  const of = (status: string): number => cases.filter((one) => one.status === status).length;
  return {
    owner,
    lowResponses: n,
    people: new Set(cases.map(({ first }) => personOf(first))).size,
    ...share("followedUp", seconds.length),
    open: of("open"),
    inProgress: of("in_progress"),
    resolved: of("resolved"),
    dropped: of("dropped"),
    medianSeconds: quantile(seconds, 0.5),
    p90Seconds: quantile(seconds, 0.9),
    ...share("askedAgain", cases.filter(({ askedAgain }) => askedAgain !== undefined).length),
  };
}

describe("follow_ups", () => {
  it("counts responses by what was done about them, and how fast", async () => {
    const { rows } = await question("follow_ups");
    expect(inOrder(rows)).toEqual(nearly([summaryOf("", CASES)]));
  });

  it("tells the owners apart, of one kind alone", async () => {
    const { rows } = await question("follow_ups", { by: "owner", kind: "relational" });
    const cases = CASES.filter(({ first }) => first.kind === "relational");
    expect(inOrder(rows)).toEqual(
      nearly(
        ["", "ada", "bob"].map((owner) =>
          summaryOf(
            owner,
            cases.filter((one) => one.owner === owner),
          ),
        ),
      ),
    );
  });
});

describe("follow_up_cases", () => {
  it("are the latest first, each with its score, its status and its person", async () => {
    const { rows } = await question("follow_up_cases", { status: "any", limit: 1000 });
    const iso = (time: number | undefined): string | null =>
      time === undefined ? null : new Date(time).toISOString();
    expect(
      inOrder(rows.map(({ kind: _kind, scale: _scale, touchpoint: _at, ...row }) => row)),
    ).toEqual(
      nearly(
        CASES.map(({ first, status, owner, seconds, askedAgain }) => ({
          responseId: first.response,
          at: iso(first.time),
          surveyId: first.survey,
          metric: first.metric,
          score: first.score,
          person: personOf(first).startsWith("u") ? personOf(first) : uuid(2, first.device),
          known: personOf(first).startsWith("u"),
          status,
          owner,
          firstFollowUpSeconds: seconds ?? null,
          askedAgainAt: iso(askedAgain),
          people: new Set(CASES.map((one) => personOf(one.first))).size,
        })),
      ),
    );
    const times = rows.map((row) => String(row["at"]));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it("are those that wait, unless others are asked for", async () => {
    const waiting = await question("follow_up_cases", { limit: 1000 });
    expect(waiting.rows).toHaveLength(CASES.filter(({ status }) => status === "open").length);
    const asked = await question("follow_up_cases", { status: "resolved", owner: "ada" });
    expect(asked.rows).toHaveLength(
      CASES.filter(({ status, owner }) => status === "resolved" && owner === "ada").length,
    );
    expect(asked.rows.length).toBeGreaterThan(0);
  });

  it("of few people whom a trait chooses are withheld", async () => {
    const filters = [{ property: "traits.plan", op: "=", value: "rare" }];
    const open = { property: "traits.plan", op: "exists", value: false };
    const all = await question("follow_up_cases", { filters: [open] }, { minGroup: 1000 });
    expect(all).toMatchObject({ rows: [], meta: { withheld: 1 } });
    expect((await question("follow_up_cases", { filters }, { minGroup: 5 })).rows).toEqual([]);
  });
});

it.each(["follow_ups", "follow_up_cases"])(
  "%s reads nothing from before its period",
  async (name) => {
    const answer = await question(name, { from: "2026-02-01", to: "2026-02-10" });
    const indexes = await explained(store, answer.meta, "indexes = 1");
    expect(indexes).toMatch(/\.feedback\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(indexes).toMatch(/\.events\)[\s\S]*?Partition[\s\S]*?Parts: 2\/\d/);
    expect(await explained(store, answer.meta, "header = 1, actions = 0")).not.toMatch(
      /\b(text|traits|choice) /,
    );
  },
);

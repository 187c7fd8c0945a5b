/** A funnel within the frame of all questions: traits are the person's, small groups are not shown. */
import { askStore } from "../../testing/question.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FunnelStore,
  openFunnelStore,
  type Row,
  T0,
  uuid,
} from "../../testing/funnel-store.js";
import type { Answer } from "../ask.js";

let test: FunnelStore;
const SITE = "floor";
const DAY = 86_400_000;

/** On a day, so many of the devices of a channel do a, half of them b as well. */
function visits(day: number, channel: string, first: number, count: number): Row[] {
  return Array.from({ length: count }, (_, n) => first + n).flatMap((device) =>
    (device % 2 === 0 ? ["a", "b"] : ["a"]).map((name, place) => ({
      id: uuid(20 + day, device * 10 + place),
      name,
      time: T0 + day * DAY + place * 1000,
      device,
      columns: { channel },
    })),
  );
}

beforeAll(async () => {
  test = await openFunnelStore();
  await test.insert(
    [
      ...visits(0, "web", 0, 8),
      ...visits(0, "app", 10, 6),
      ...visits(0, "phone", 20, 3),
      ...visits(0, "chat", 30, 7),
      ...visits(1, "web", 100, 6),
      ...visits(1, "app", 110, 2),
      ...visits(1, "phone", 120, 9),
      // What is known of people is told by events of no step, of another device of theirs as well.
      ...[0, 1, 2, 3, 4, 5, 10].map((device) => ({
        id: uuid(30, device),
        name: "identify",
        time: T0 + 5000,
        device: device === 0 ? 200 : device,
        columns: { traits: { plan: device < 6 ? "gold" : "rare" } },
      })),
    ],
    SITE,
  );
  await test.link(SITE, 0, "ana", T0);
  await test.link(SITE, 200, "ana", T0);
});
afterAll(async () => {
  await test.store.close();
});

const FIRST_DAY = { from: "2026-01-10", to: "2026-01-10" };

function asked(name: string, input: object, minGroup = 5): Promise<Answer> {
  const all = { steps: ["a", "b"], windowSeconds: 60, ...FIRST_DAY, ...input };
  return askStore(test.store, name, all, { minGroup }, SITE);
}

const groupsOf = ({ rows }: Answer): unknown[] =>
  rows.filter((row) => row["step"] !== 2).map((row) => [row["group"], row["people"]]);

describe("a funnel of small groups", () => {
  it("leaves them out, whole, and says how many they are", async () => {
    const answer = await asked("funnel", { breakdown: "channel" });
    expect(groupsOf(answer)).toEqual([
      ["web", 8],
      ["chat", 7],
      ["app", 6],
    ]);
    expect(answer.rows).toHaveLength(6);
    expect(answer.meta.withheld).toBe(1);
    expect(Object.keys(answer.rows[0] ?? {})).toEqual(answer.meta.columns.map(({ name }) => name));
    expect((await asked("funnel", {})).rows[0]).toMatchObject({ people: 24 });
  });

  it("leaves out what is small on either side of a comparison, and keeps what is on one alone", async () => {
    const answer = await asked("funnel", {
      breakdown: "channel",
      compare: { from: "2026-01-11", to: "2026-01-11" },
      goalValue: true,
    });
    expect(
      answer.rows.filter(({ step }) => step === 1).map((row) => [row["group"], row["peopleOther"]]),
    ).toEqual([
      ["web", 6],
      ["chat", 0],
    ]);
    expect(answer.meta.withheld).toBe(2);
    expect(Object.keys(answer.rows[0] ?? {})).toEqual(answer.meta.columns.map(({ name }) => name));
  });

  it("leaves out a total of few who are chosen by what is known of them, wherever that is asked", async () => {
    const where = [{ property: "traits.plan", op: "=", value: "rare" }];
    const none = { rows: [], meta: { withheld: 1 } };
    expect(await asked("funnel", { filters: where })).toMatchObject(none);
    // A step that chooses people is a group by itself, however many did the one before.
    const chosen = await asked("funnel", { steps: ["a", { event: "b", where }] });
    expect(chosen).toMatchObject({ rows: [{ step: 1, people: 24 }], meta: { withheld: 1 } });
    expect(await asked("funnel", { compare: { filters: where } })).toMatchObject(none);
    const shown = await asked("funnel", { filters: where }, 1);
    expect(shown.rows.map(({ people }) => people)).toEqual([1, 1]);
  });

  it("knows a trait of a person whichever event and device told it", async () => {
    const where = [{ property: "traits.plan", op: "=", value: "gold" }];
    const people = async (input: object): Promise<unknown[]> =>
      (await asked("funnel", input)).rows.map((row) => row["people"]);
    expect(await people({ filters: where })).toEqual([6, 3]);
    expect(await people({ filters: where, order: "strict" })).toEqual([6, 3]);
    const first = [{ event: "a", where }, "b"];
    expect((await asked("funnel", { steps: first }, 3)).rows.map((row) => row["people"])).toEqual([
      6, 3,
    ]);
    expect(groupsOf(await asked("funnel", { breakdown: "traits.plan" }))).toEqual([
      ["", 17],
      ["gold", 6],
    ]);
    const compared = await asked("funnel", { filters: where, compare: { filters: [] } });
    expect(compared.rows.map((row) => [row["people"], row["peopleOther"]])).toEqual([
      [6, 24],
      [3, 13],
    ]);
  });
});

describe("what those who dropped off did next", () => {
  it("is told by group, and compared", async () => {
    const groups = await asked("funnel_next", { step: 2, breakdown: "channel" }, 4);
    expect(groups.rows.map((row) => [row["group"], row["next"], row["people"]])).toEqual([
      ["web", "identify", 3],
      ["web", null, 1],
    ]);
    expect(groups.meta.withheld).toBe(3);
    const compared = await asked("funnel_next", {
      step: 2,
      compare: { from: "2026-01-11", to: "2026-01-11" },
    });
    expect(compared.rows.map((row) => [row["next"], row["people"], row["peopleOther"]])).toEqual([
      [null, 8, 8],
      ["identify", 3, null],
    ]);
  });
});

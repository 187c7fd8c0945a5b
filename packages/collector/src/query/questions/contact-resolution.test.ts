/** How contacts end and what operators measure, against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { mean, student } from "../../testing/intervals.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, quantile, share } from "../../testing/shop/plain.js";
import { DAY, inJanuary, personOf, randomShop, type Step } from "../../testing/shop/random.js";
import { storeShop } from "../../testing/shop/store.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const SHOP = randomShop(5, 2000, 300);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

const CASES = [...groupBy(SHOP.steps, ({ contact }) => contact).values()].map(inTime);
const opening = (steps: readonly Step[]): Step => first(steps);
const OPENED = CASES.filter((steps) => inJanuary(opening(steps).time));
const peopleOf = (cases: readonly Step[][]): number =>
  new Set(cases.map((steps) => personOf(opening(steps)))).size;

describe("contact_resolution", () => {
  function stateOf(steps: readonly Step[]): string {
    const rank = ({ name }: Step): number => (name === "contact_resolved" ? 1 : 0);
    const last = steps
      .filter(({ name }) => name !== "contact_noted")
      .toSorted((a, b) => a.time - b.time || rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
      .at(-1);
    if (last === undefined || last.name === "contact_opened") return "open";
    return last.resolved === false ? "unresolved" : "resolved";
  }
  const timesOf = (steps: readonly Step[], name: string): number[] =>
    steps.filter((step) => step.name === name).map(({ time }) => time);
  const isEnded = (steps: readonly Step[]): boolean =>
    timesOf(steps, "contact_resolved").length > 0;
  const isReopened = (steps: readonly Step[]): boolean =>
    steps.some(({ reopened }) => reopened === true) ||
    (isEnded(steps) &&
      Math.max(...timesOf(steps, "contact_opened")) >
        Math.min(...timesOf(steps, "contact_resolved")));

  /** Other contacts of the person for the reason, by the milliseconds after the case. */
  function others(steps: readonly Step[]): number[] {
    const own = opening(steps);
    return CASES.map(opening)
      .filter((one) => one.contact !== own.contact)
      .filter((one) => personOf(one) === personOf(own) && one.reason === own.reason)
      .map((one) =>
        one.time === own.time ? (one.contact < own.contact ? -0.5 : 0.5) : one.time - own.time,
      );
  }

  function row(cases: readonly Step[][], days: number): object {
    const firsts = cases.filter(
      (steps) => !others(steps).some((gap) => gap < 0 && gap >= -days * DAY),
    );
    const atOnce = firsts.filter(
      (steps) =>
        stateOf(steps) === "resolved" &&
        !isReopened(steps) &&
        !others(steps).some((gap) => gap > 0 && gap <= days * DAY),
    );
    const ended = cases.filter(isEnded);
    const known = cases.filter((steps) => timesOf(steps, "contact_opened").length > 0);
    const seconds = known.map((steps) =>
      stateOf(steps) === "resolved"
        ? (Math.max(...timesOf(steps, "contact_resolved")) - opening(steps).time) / 1000
        : Number.POSITIVE_INFINITY,
    );
    const resolved = seconds.filter(Number.isFinite);
    const finite = (value: number | null): number | null =>
      value !== null && Number.isFinite(value) ? value : null;
    const of = (state: string): number => cases.filter((steps) => stateOf(steps) === state).length;
    return {
      contacts: cases.length,
      people: peopleOf(cases),
      resolved: of("resolved"),
      unresolved: of("unresolved"),
      open: of("open"),
      ...share("resolutionRate", of("resolved"), cases.length),
      firstContacts: firsts.length,
      resolvedAtFirst: atOnce.length,
      ...share("firstContactResolution", atOnce.length, firsts.length),
      ended: ended.length,
      reopened: ended.filter(isReopened).length,
      ...share("reopeningRate", ended.filter(isReopened).length, ended.length),
      timed: resolved.length,
      medianSeconds: quantile(resolved, 0.5),
      p90Seconds: quantile(resolved, 0.9),
      medianWithOpenSeconds: finite(quantile(seconds, 0.5)),
      p90WithOpenSeconds: finite(quantile(seconds, 0.9)),
    };
  }

  it("counts what plain code counts, copies or not", async () => {
    expectRows((await askShop(store, "contact_resolution")).rows, [row(OPENED, 7)]);
    expectRows((await askShop(store, "contact_resolution", { days: 20 })).rows, [row(OPENED, 20)]);
  });

  it("groups and filters by the opening, and looks for repetitions everywhere", async () => {
    const { rows } = await askShop(store, "contact_resolution", { breakdown: "channel" });
    expectRows(
      rows,
      [...groupBy(OPENED, (steps) => opening(steps).channel).values()].map((cases) => ({
        group: opening(first(cases)).channel,
        ...row(cases, 7),
      })),
    );
    const filters = [{ property: "reason", op: "=", value: "bill" }];
    expectRows((await askShop(store, "contact_resolution", { filters })).rows, [
      row(
        OPENED.filter((steps) => opening(steps).reason === "bill"),
        7,
      ),
    ]);
  });

  it("has no contact in a period without any", async () => {
    const { rows } = await askShop(store, "contact_resolution", {
      from: "2024-01-01",
      to: "2024-01-31",
    });
    expect(rows).toMatchObject([
      { contacts: 0, resolutionRate: null, medianSeconds: null, medianWithOpenSeconds: null },
    ]);
  });
});

describe("contact_operations", () => {
  function row(cases: readonly Step[][]): object {
    const latest = (of: (step: Step) => number | null): number[] =>
      cases.flatMap((steps) => steps.map(of).findLast((value) => value !== null) ?? []);
    const [waits, routes, talks] = [
      latest(({ wait }) => wait),
      latest(({ transfers }) => transfers),
      latest(({ talk }) => talk),
    ];
    const transferred = routes.filter((times) => times > 0).length;
    const [low, high] = student(talks);
    return {
      contacts: cases.length,
      people: peopleOf(cases),
      waited: waits.length,
      medianWaitSeconds: quantile(waits, 0.5),
      p90WaitSeconds: quantile(waits, 0.9),
      routed: routes.length,
      transferred,
      ...share("transferRate", transferred, routes.length),
      talked: talks.length,
      medianTalkSeconds: quantile(talks, 0.5),
      p90TalkSeconds: quantile(talks, 0.9),
      meanTalkSeconds: mean(talks),
      meanTalkSecondsLow: low,
      meanTalkSecondsHigh: high,
    };
  }

  it("tells what the tools told last of each contact", async () => {
    // Of the quantile of Student the SQL has seven digits.
    expectRows((await askShop(store, "contact_operations")).rows, [row(OPENED)], 5);
    const { rows } = await askShop(store, "contact_operations", { breakdown: "reason" });
    expectRows(
      rows,
      [...groupBy(OPENED, (steps) => opening(steps).reason).values()].map((cases) => ({
        group: opening(first(cases)).reason,
        ...row(cases),
      })),
      5,
    );
  });
});

it.each(["contact_resolution", "contact_operations"])("%s reads no event", async (name) => {
  const answer = await askShop(store, name, { from: "2026-02-01", to: "2026-02-10" });
  expect(await readsOf(store, answer)).not.toMatch(/\.events\)/);
  const columns = await columnsOf(store, answer);
  expect(columns).toContain("contact_id");
  for (const unused of ["traits", "account_id", "received_at", "acquisition_channel"]) {
    expect(columns).not.toContain(unused);
  }
});

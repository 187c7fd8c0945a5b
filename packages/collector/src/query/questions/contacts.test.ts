/** Contacts, what they follow and how they end, against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { mean, student, wilson } from "../../testing/intervals.js";
import {
  type Act,
  askShop,
  columnsOf,
  DAY,
  first,
  groupBy,
  inJanuary,
  inTime,
  isBot,
  personOf,
  quantile,
  randomShop,
  readsOf,
  type Step,
  storeShop,
} from "../../testing/shop.js";
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

const share = (name: string, x: number, n: number): Record<string, number | null> => {
  if (n === 0) return { [name]: null, [`${name}Low`]: null, [`${name}High`]: null };
  const [low, high] = wilson(x, n);
  return { [name]: x / n, [`${name}Low`]: low, [`${name}High`]: high };
};

const CASES = [...groupBy(SHOP.steps, ({ contact }) => contact).values()].map(inTime);
const opening = (steps: readonly Step[]): Step => first(steps);
const OPENED = CASES.filter((steps) => inJanuary(opening(steps).time));
const peopleOf = (cases: readonly Step[][]): number =>
  new Set(cases.map((steps) => personOf(opening(steps)))).size;

describe("contact_after", () => {
  const acts = SHOP.acts.filter((act) => inJanuary(act.time) && !isBot(act));

  /** Times of the contacts of a person. */
  const calls = (person: string, reasons: readonly string[]): number[] =>
    CASES.map(opening)
      .filter((step) => personOf(step) === person)
      .filter(({ reason }) => reasons.length === 0 || reasons.includes(reason))
      .map(({ time }) => time);

  /** Seconds from the last act before the first contact that follows one within the days. */
  function delayOf(times: readonly number[], contacts: readonly number[], days: number) {
    const followed = times.flatMap((time) => {
      const next = Math.min(...contacts.filter((contact) => contact > time));
      return next - time <= days * DAY ? [{ next, delay: (next - time) / 1000 }] : [];
    });
    return followed.toSorted((a, b) => a.next - b.next || a.delay - b.delay)[0]?.delay;
  }

  function row(name: string, of: readonly Act[], days: number, reasons: readonly string[]): object {
    const people = [...groupBy(of, personOf).values()];
    const delays = people.flatMap((own) => {
      const contacts = calls(personOf(first(own)), reasons);
      return (
        delayOf(
          own.map(({ time }) => time),
          contacts,
          days,
        ) ?? []
      );
    });
    return {
      name,
      people: people.length,
      contacted: delays.length,
      ...share("contactRate", delays.length, people.length),
      ...share("containment", people.length - delays.length, people.length),
      medianSeconds: quantile(delays, 0.5),
      p90Seconds: quantile(delays, 0.9),
    };
  }

  const pages = acts.filter(({ name }) => name === "page_view");

  it("follows each page by the person, copies or not", async () => {
    const { rows } = await askShop(store, "contact_after");
    expectRows(
      rows,
      [...groupBy(pages, ({ page }) => page).values()].map((of) => row(first(of).page, of, 7, [])),
    );
  });

  it("follows forms that were sent, and contacts for some reasons within other days", async () => {
    const asked = { what: "form", days: 2, reasons: ["bill", "complaint"] };
    const { rows } = await askShop(store, "contact_after", asked);
    const sent = acts.filter(({ name }) => name === "form_submit");
    expectRows(
      rows,
      [...groupBy(sent, ({ form }) => form).values()].map((of) =>
        row(first(of).form, of, 2, asked.reasons),
      ),
    );
  });

  it("follows a step with conditions: an event with filters", async () => {
    const filters = [{ property: "value", op: ">", value: 50 }];
    const { rows } = await askShop(store, "contact_after", {
      what: "event",
      names: ["order", "trial"],
      filters,
      days: 3,
    });
    const dear = acts.filter(({ name, value }) => name === "order" && (value ?? 0) > 50);
    expectRows(rows, [row("order", dear, 3, [])]);
  });

  it("groups by what happened, and withholds small groups", async () => {
    const asked = { names: ["/a", "/b"], breakdown: "channel" };
    const { rows } = await askShop(store, "contact_after", asked);
    const some = pages.filter(({ page }) => asked.names.includes(page));
    expectRows(
      rows,
      [...groupBy(some, ({ page, channel }) => [page, channel]).values()].map((of) => ({
        group: first(of).channel,
        ...row(first(of).page, of, 7, []),
      })),
    );
    const few = await askShop(store, "contact_after", asked, { minGroup: 1000 });
    expect(few).toMatchObject({ rows: [], meta: { withheld: 6 } });
  });

  it("reads events of the one name, and no column that it does not need", async () => {
    const answer = await askShop(store, "contact_after", { what: "event", names: ["order"] });
    const indexes = await readsOf(store, answer);
    expect(indexes).toMatch(/\.events\)[\s\S]*?Parts: 2\/\d/);
    expect(indexes).toMatch(/name in 1-element set/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("occurred_at");
    for (const unused of ["properties.form", "page_path", "page_name", "traits", "wait_seconds"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

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
      .map((one) => (one.time === own.time ? (one.contact < own.contact ? -0.5 : 0.5) : one.time - own.time));
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
    const { rows } = await askShop(store, "contact_resolution", { from: "2024-01-01", to: "2024-01-31" });
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

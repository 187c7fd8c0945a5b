/** Baskets, trials and the contacts of beginners by acquisition channel, against plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { mean, student } from "../../testing/intervals.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, quantile, share, sum } from "../../testing/shop/plain.js";
import {
  type Act,
  DAY,
  inJanuary,
  isBot,
  NEW_YEAR,
  personOf,
  randomShop,
} from "../../testing/shop/random.js";
import { storeShop } from "../../testing/shop/store.js";
import { touchAt } from "../../testing/shop/touches.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const SHOP = randomShop(41, 900, 200);
const ACTS = SHOP.acts.filter((act) => !isBot(act));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

const ATTRIBUTIONS = ["first", "last"] as const;
type Attribution = (typeof ATTRIBUTIONS)[number];

const channelOf = (act: Act, attribution: Attribution): string =>
  touchAt(ACTS, personOf(act), act.time, attribution)?.touch ?? "";

const byChannel = (
  acts: readonly Act[],
  attribution: Attribution,
  row: (acts: readonly Act[]) => object,
): object[] =>
  [...groupBy(acts, (act) => channelOf(act, attribution)).values()].map((own) => ({
    channel: channelOf(first(own), attribution),
    ...row(own),
  }));

/** Of each person the first act of the name. */
const beginnings = (name: string): Act[] =>
  [...groupBy(inTime(ACTS.filter((act) => act.name === name)), personOf).values()].map(first);

// Of the quantile of Student the SQL has six digits at least: intervals are compared in three places.
describe("basket_by_channel", () => {
  /** Each order as it was told last, at its first moment, by who told it first. */
  const ordersOf = (acts: readonly Act[]): Act[] =>
    [...groupBy(inTime(acts), ({ id, order }) => order || id).values()].map((told) => ({
      ...first(told),
      value: told.at(-1)?.value ?? null,
    }));
  const acts = ACTS.filter((act) => act.name === "order" && inJanuary(act.time));
  const orders = ordersOf(acts);

  const row = (own: readonly Act[]): object => {
    const values = own.map(({ value }) => value ?? 0);
    const [low, high] = student(values);
    return {
      currency: "EUR",
      orders: own.length,
      people: new Set(own.map(personOf)).size,
      basket: mean(values),
      basketLow: low,
      basketHigh: high,
      medianBasket: quantile(values, 0.5),
      revenue: sum(values),
    };
  };

  it.each(ATTRIBUTIONS)("counts each order for the %s touch", async (attribution) => {
    const { rows } = await askShop(store, "basket_by_channel", { attribution });
    expectRows(rows, byChannel(orders, attribution, row), 3);
  });

  it("filters by the order", async () => {
    const filters = [{ property: "value", op: ">=", value: 50 }];
    const { rows } = await askShop(store, "basket_by_channel", { filters });
    const dear = ordersOf(acts.filter(({ value }) => (value ?? 0) >= 50));
    expectRows(rows, byChannel(dear, "first", row), 3);
  });

  it("reads few columns", async () => {
    const columns = await columnsOf(store, await askShop(store, "basket_by_channel"));
    for (const unused of ["traits", "properties", "page_path"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

describe("trial_churn_by_channel", () => {
  const DAYS = 5;
  const stays = (trial: Act): boolean =>
    ACTS.some(
      (act) =>
        act.name === "subscribed" &&
        personOf(act) === personOf(trial) &&
        act.time >= trial.time &&
        act.time <= trial.time + DAYS * DAY,
    );
  const row = (own: readonly Act[]): object => {
    const stayed = own.filter(stays).length;
    return {
      trials: own.length,
      stayed,
      churned: own.length - stayed,
      ...share("churn", own.length - stayed, own.length),
    };
  };
  const asked = { trial: "trial", days: DAYS };
  /** Trials that end in the period and not after the latest event that is known in it. */
  const ended = (from: number, to: number): Act[] => {
    const known = ACTS.filter(({ name, time }) => /^(trial|subscribed)$/.test(name) && time < to);
    const latest = Math.max(...known.map(({ time }) => time));
    return beginnings("trial").filter(({ time }) => {
      const end = time + DAYS * DAY;
      return end >= from && end < to && end <= latest;
    });
  };

  it.each(ATTRIBUTIONS)("counts each trial for the %s touch", async (attribution) => {
    const { rows } = await askShop(store, "trial_churn_by_channel", { ...asked, attribution });
    expectRows(rows, byChannel(ended(NEW_YEAR, NEW_YEAR + 31 * DAY), attribution, row));
  });

  it("waits for the end of a trial", async () => {
    const period = { from: "2025-12-01", to: "2025-12-27" };
    const { rows } = await askShop(store, "trial_churn_by_channel", { ...asked, ...period });
    const trials = ended(Date.UTC(2025, 11, 1), Date.UTC(2025, 11, 28));
    expectRows(rows, byChannel(trials, "first", row));
  });

  it("groups by the event that began it, and withholds small groups", async () => {
    const answer = await askShop(store, "trial_churn_by_channel", { ...asked, breakdown: "page" });
    const groups = groupBy(ended(NEW_YEAR, NEW_YEAR + 31 * DAY), ({ page }) => page);
    expectRows(
      answer.rows,
      [...groups.values()].flatMap((own) =>
        byChannel(own, "first", row).map((one) => ({ group: first(own).page, ...one })),
      ),
    );
    const few = await askShop(
      store,
      "trial_churn_by_channel",
      { ...asked, breakdown: "page" },
      { minGroup: 50 },
    );
    expect(few).toMatchObject({ rows: [], meta: { withheld: answer.rows.length } });
  });
});

describe("onboarding_contacts_by_channel", () => {
  const CALLS = [...groupBy(SHOP.steps, ({ contact }) => contact).values()].map((steps) =>
    first(inTime(steps)),
  );
  const row =
    (days: number) =>
    (own: readonly Act[]): object => {
      const numbers = own.map(
        (act) =>
          CALLS.filter(
            (call) =>
              personOf(call) === personOf(act) &&
              call.time >= act.time &&
              call.time <= act.time + days * DAY,
          ).length,
      );
      const [low, high] = student(numbers);
      const contacting = numbers.filter((number) => number > 0).length;
      return {
        people: own.length,
        contacts: sum(numbers),
        contactsPerCustomer: mean(numbers),
        contactsPerCustomerLow: low,
        contactsPerCustomerHigh: high,
        contacting,
        ...share("contactingShare", contacting, own.length),
      };
    };

  it.each(ATTRIBUTIONS)("counts each beginner for the %s touch", async (attribution) => {
    const began = beginnings("subscribed").filter(({ time }) => inJanuary(time));
    for (const days of [3, 30]) {
      const asked = { attribution, days };
      const { rows } = await askShop(store, "onboarding_contacts_by_channel", asked);
      expectRows(rows, byChannel(began, attribution, row(days)), 3);
    }
  });

  it("reads events of the beginning alone beside the touches", async () => {
    const answer = await askShop(store, "onboarding_contacts_by_channel");
    expect(await readsOf(store, answer)).toMatch(/name in 1-element set/);
  });
});

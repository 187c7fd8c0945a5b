/** Contacts and complaints over the whole customer base, against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { mean, student } from "../../testing/intervals.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, rowsOfGroup, share } from "../../testing/shop/plain.js";
import {
  DAY,
  inJanuary,
  isBot,
  NEW_YEAR,
  type Patron,
  personOf,
  randomShop,
  type Step,
} from "../../testing/shop/random.js";
import { storeShop } from "../../testing/shop/store.js";
import { openTestStore, type TestStore } from "../../testing/store.js";

const SHOP = randomShop(8, 600, 300);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

const OPENED = [...groupBy(SHOP.steps, ({ contact }) => contact).values()]
  .map((steps) => first(inTime(steps)))
  .filter(({ time }) => inJanuary(time));

const isCustomer = ({ since, until }: Patron): boolean =>
  (since === null || Date.parse(since) < NEW_YEAR + 31 * DAY) &&
  (until === null || Date.parse(until) > NEW_YEAR);
const CUSTOMERS = SHOP.patrons.filter(isCustomer);

const perCustomer = (patrons: readonly Patron[], contacts: readonly Step[]): object => {
  const numbers = patrons.map(
    ({ user }) => contacts.filter((contact) => personOf(contact) === user).length,
  );
  const [low, high] = student(numbers);
  const contacting = numbers.filter((number) => number > 0).length;
  return {
    customers: patrons.length,
    contacts: numbers.reduce((sum, number) => sum + number, 0),
    contactsPerCustomer: mean(numbers),
    contactsPerCustomerLow: low,
    contactsPerCustomerHigh: high,
    contacting,
    ...share("contactingShare", contacting, patrons.length),
  };
};

describe("contacts_per_customer", () => {
  it("divides by all who were customers, as the base was told last", async () => {
    expect(CUSTOMERS.length).toBeLessThan(SHOP.patrons.length);
    const { rows } = await askShop(store, "contacts_per_customer");
    expectRows(rows, [{ split: "", ...perCustomer(CUSTOMERS, OPENED) }], 6);
    const none = await askShop(store, "contacts_per_customer", { reasons: ["nothing"] });
    expectRows(none.rows, [{ split: "", ...perCustomer(CUSTOMERS, []) }], 6);
  });

  it.each(["reason", "channel"] as const)("divides each %s by all customers", async (split) => {
    const { rows } = await askShop(store, "contacts_per_customer", { split });
    const ofCustomers = OPENED.filter((contact) =>
      CUSTOMERS.some(({ user }) => user === personOf(contact)),
    );
    expectRows(
      rows,
      [...groupBy(ofCustomers, (contact) => contact[split]).values()].map((contacts) => ({
        split: first(contacts)[split],
        ...perCustomer(CUSTOMERS, contacts),
      })),
      6,
    );
  });

  it("divides a segment's contacts by the segment's customers", async () => {
    const { rows } = await askShop(store, "contacts_per_customer", {
      breakdown: "traits.segment",
    });
    const segments = [...groupBy(CUSTOMERS, ({ segment }) => segment).values()];
    expectRows(
      rows,
      segments.map((patrons) => ({
        group: first(patrons).segment,
        split: "",
        ...perCustomer(patrons, OPENED),
      })),
      6,
    );
    const filters = [{ property: "traits.segment", op: "=", value: "home" }];
    const home = await askShop(store, "contacts_per_customer", { filters });
    expect(home.rows).toEqual(rowsOfGroup(rows, "home"));
    const few = await askShop(store, "contacts_per_customer", { filters }, { minGroup: 50 });
    expect(few).toMatchObject({ rows: [], meta: { withheld: 1 } });
  });

  it("reads contacts and customers, no event", async () => {
    const answer = await askShop(store, "contacts_per_customer");
    expect(await readsOf(store, answer)).not.toMatch(/\.events\)/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("since");
    for (const unused of ["traits", "account_id", "talk_seconds"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

describe("complaint_rate", () => {
  /** Ends of the exact Poisson interval, found by halving: Byar's approximation is within a hundredth. */
  function poisson(x: number): [low: number, high: number] {
    const below = (mean: number, upTo: number): number => {
      let term = Math.exp(-mean);
      let sum = 0;
      for (let k = 0; k <= upTo; k++) {
        sum += term;
        term *= mean / (k + 1);
      }
      return sum;
    };
    const solve = (isAbove: (mean: number) => boolean): number => {
      let [low, high] = [0, 10 * x + 20];
      for (let round = 0; round < 60; round++) {
        const middle = (low + high) / 2;
        if (isAbove(middle)) high = middle;
        else low = middle;
      }
      return low;
    };
    return [solve((mean) => below(mean, x - 1) < 0.975), solve((mean) => below(mean, x) < 0.025)];
  }

  const orders = new Set(
    SHOP.acts
      .filter((act) => act.name === "order" && inJanuary(act.time) && !isBot(act))
      .map(({ id, order }) => order || id),
  ).size;

  it("divides complaints by customers and by orders", async () => {
    const [row] = (await askShop(store, "complaint_rate")).rows;
    const complaints = OPENED.filter(({ reason }) => reason === "complaint");
    expect(row).toMatchObject({
      complaints: complaints.length,
      people: new Set(complaints.map(personOf)).size,
      customers: CUSTOMERS.length,
      orders,
    });
    const [low, high] = poisson(complaints.length);
    for (const [name, n] of [
      ["perThousandCustomers", CUSTOMERS.length],
      ["perThousandOrders", orders],
    ] as const) {
      expect(Number(row?.[name])).toBeCloseTo((1000 * complaints.length) / n, 9);
      expect(Number(row?.[`${name}Low`]) / ((1000 * low) / n)).toBeCloseTo(1, 2);
      expect(Number(row?.[`${name}High`]) / ((1000 * high) / n)).toBeCloseTo(1, 2);
    }
  });

  it("has a rate of each case, over all customers", async () => {
    const { rows } = await askShop(store, "complaint_rate", {
      reasons: ["bill", "complaint"],
      breakdown: "reason",
    });
    const of = (reason: string): number => OPENED.filter((one) => one.reason === reason).length;
    expectRows(
      rows.map(({ group, complaints, customers }) => ({ group, complaints, customers })),
      ["bill", "complaint"].map((reason) => ({
        group: reason,
        complaints: of(reason),
        customers: CUSTOMERS.length,
      })),
    );
  });

  it("reads no column that it does not need", async () => {
    const columns = await columnsOf(store, await askShop(store, "complaint_rate"));
    expect(columns).toContain("reason");
    for (const unused of ["traits", "account_id", "acquisition_channel"]) {
      expect(columns).not.toContain(unused);
    }
  });
});

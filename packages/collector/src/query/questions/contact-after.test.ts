/** What contacts follow, against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, quantile, share } from "../../testing/shop/plain.js";
import {
  type Act,
  DAY,
  inJanuary,
  isBot,
  personOf,
  randomShop,
} from "../../testing/shop/random.js";
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

describe("contact_after", () => {
  const acts = SHOP.acts.filter((act) => inJanuary(act.time) && !isBot(act));

  /** Times of the contacts of a person. */
  const calls = (person: string, reasons: readonly string[]): number[] =>
    CASES.map(first)
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

/** Forms and their last fields against the same numbers computed in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRows } from "../../testing/expect-rows.js";
import { wilson } from "../../testing/intervals.js";
import { askShop, columnsOf, readsOf } from "../../testing/shop/ask.js";
import { inTime } from "../../testing/plain.js";
import { first, groupBy, quantile, rowsOfGroup } from "../../testing/shop/plain.js";
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

const SHOP = randomShop(11, 2500, 0);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await storeShop(store, SHOP);
});
afterAll(async () => {
  await store.close();
});

/** The events of a form in one session, or of one person's day where there is none. */
const FILLINGS = [
  ...groupBy(
    SHOP.acts.filter((act) => act.name.startsWith("form_") && !isBot(act)),
    (act) => [
      act.form,
      act.session,
      act.session === 0 ? [personOf(act), Math.floor(act.time / DAY)] : 0,
    ],
  ).values(),
].map(inTime);
const OF_JANUARY = FILLINGS.filter((acts) => inJanuary(first(acts).time));

const isSent = (acts: readonly Act[]): boolean => acts.some(({ name }) => name === "form_submit");
const peopleOf = (fillings: readonly Act[][]): number =>
  new Set(fillings.map((acts) => personOf(first(acts)))).size;

function formRow(fillings: readonly Act[][]): Record<string, unknown> {
  const abandoned = fillings.filter((acts) => !isSent(acts)).length;
  const seconds = fillings.flatMap((acts) => {
    const told = acts.find(({ name, seconds }) => name === "form_submit" && seconds !== undefined);
    return told?.seconds ?? [];
  });
  const [low, high] = wilson(abandoned, fillings.length);
  return {
    form: first(first(fillings)).form,
    started: fillings.length,
    people: peopleOf(fillings),
    submitted: fillings.length - abandoned,
    abandoned,
    abandonmentRate: abandoned / fillings.length,
    abandonmentRateLow: low,
    abandonmentRateHigh: high,
    timed: seconds.length,
    medianSeconds: quantile(seconds, 0.5),
    p90Seconds: quantile(seconds, 0.9),
  };
}

const lastField = (acts: readonly Act[]): string =>
  acts.findLast(({ field }) => field !== "")?.field ?? "";

describe("forms", () => {
  it("counts what plain code counts, each form once a session", async () => {
    const { rows } = await askShop(store, "forms");
    expectRows(rows, [...groupBy(OF_JANUARY, ([act]) => act?.form).values()].map(formRow));
  });

  it("groups and filters by the first event of the form", async () => {
    const { rows } = await askShop(store, "forms", { breakdown: "page" });
    expectRows(
      rows,
      [...groupBy(OF_JANUARY, (acts) => [first(acts).form, first(acts).page]).values()].map(
        (fillings) => ({ group: first(first(fillings)).page, ...formRow(fillings) }),
      ),
    );
    const filters = [{ property: "page", op: "=", value: "/help" }];
    const only = await askShop(store, "forms", { filters });
    expect(only.rows).toEqual(rowsOfGroup(rows, "/help"));
  });

  it("withholds what few people of a group filled in", async () => {
    const { rows, meta } = await askShop(store, "forms", { breakdown: "page" }, { minGroup: 1000 });
    expect(rows).toEqual([]);
    expect(meta.withheld).toBe(9);
  });
});

describe("form_fields", () => {
  const abandoned = OF_JANUARY.filter((acts) => !isSent(acts));

  it("tells the field of the latest event that names one", async () => {
    const { rows } = await askShop(store, "form_fields");
    const wanted = [...groupBy(abandoned, (acts) => [first(acts).form, lastField(acts)]).values()];
    expectRows(
      rows,
      wanted.map((fillings) => {
        const { form } = first(first(fillings));
        const ofForm = abandoned.filter((acts) => first(acts).form === form).length;
        const [low, high] = wilson(fillings.length, ofForm);
        return {
          form,
          field: lastField(first(fillings)),
          abandoned: fillings.length,
          people: peopleOf(fillings),
          ofForm,
          share: fillings.length / ofForm,
          low,
          high,
        };
      }),
    );
    const one = await askShop(store, "form_fields", { form: "quote" });
    expect(one.rows).toEqual(rows.filter((row) => row["form"] === "quote"));
  });
});

it.each(["forms", "form_fields"])(
  "%s reads events of forms alone, and few columns",
  async (name) => {
    const answer = await askShop(store, name, { from: "2026-02-01", to: "2026-02-10" });
    const indexes = await readsOf(store, answer);
    expect(indexes).toMatch(/Partition[\s\S]*?Parts: 4\/\d/);
    expect(indexes).toMatch(/name in 3-element set/);
    const columns = await columnsOf(store, answer);
    expect(columns).toContain("properties.form");
    for (const unused of ["properties", "traits", "page_path", "acquisition_channel", "value"]) {
      expect(columns).not.toContain(unused);
    }
  },
);

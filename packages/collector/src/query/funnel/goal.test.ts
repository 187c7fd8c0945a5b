/** What the last step is worth. */
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type FunnelStore,
  openFunnelStore,
  type Row,
  T0,
  uuid,
} from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

let ids = 0;
const at = (
  device: number,
  name: string,
  seconds: number,
  value?: number,
  currency = "EUR",
): Row => ({
  id: uuid(30, ++ids),
  name,
  time: T0 + seconds * 1000,
  device,
  ...(value === undefined ? {} : { columns: { value, currency } }),
});

it("the value of the counted chain's last event is summed by currency, and copies count once", async () => {
  const site = test.newSite();
  const paid = [
    at(1, "paid", 1, 10),
    at(2, "paid", 5, 30),
    at(3, "paid", 2, 7, "CHF"),
    at(4, "paid", 1),
  ];
  await test.insert(
    [
      ...[1, 2, 3, 4, 5].map((device) => at(device, "a", 0, 1000)),
      ...paid,
      ...paid,
      // After the chain that counts, and before its first step.
      at(1, "paid", 3, 500),
      at(2, "paid", -4, 500),
    ],
    site,
  );
  for (const order of ["ordered", "strict", "unordered"]) {
    const rows = await test.funnel(
      { steps: ["a", "paid"], goalValue: true, order, windowSeconds: 5, from: "2026-01-10" },
      site,
    );
    expect(rows.map((row) => row["people"])).toEqual([5, 4]);
    expect(rows[0]?.["goals"]).toEqual([]);
    // Mean of 10 and 30: 20 ± 1.96 · s/√n, with s = √200.
    expect(rows[1]?.["goals"]).toEqual([
      { currency: "CHF", people: 1, sum: 7, mean: 7, low: null, high: null },
      {
        currency: "EUR",
        people: 2,
        sum: 40,
        mean: 20,
        low: expect.closeTo(0.40036, 4),
        high: expect.closeTo(39.59964, 4),
      },
    ]);
  }
});

it("the values of groups add up to those of all, and nothing is asked for without a goal", async () => {
  const site = test.newSite();
  await test.insert(
    [1, 2, 3].flatMap((device) => {
      const columns = {
        device: device === 1 ? "mobile" : "desktop",
        value: device,
        currency: "EUR",
      };
      return [
        { ...at(device, "a", 0), columns },
        { ...at(device, "a", 1), columns },
      ];
    }),
    site,
  );
  const sums = async (more: object): Promise<unknown[]> =>
    (await test.funnel({ steps: ["a", "a"], goalValue: true, ...more }, site))
      .filter((row) => row["step"] === 2)
      .map((row) => [row["group"], row["goals"]]);
  expect(await sums({})).toMatchObject([[undefined, [{ sum: 6, people: 3 }]]]);
  expect(await sums({ breakdown: "device" })).toMatchObject([
    ["desktop", [{ sum: 5, people: 2 }]],
    ["mobile", [{ sum: 1, people: 1 }]],
  ]);
  expect(await sums({ compare: { filters: [] } })).toMatchObject([[undefined, [{ sum: 6 }]]]);
  const [row] = await test.funnel({ steps: ["a"] }, site);
  expect(row).not.toHaveProperty("goals");
});

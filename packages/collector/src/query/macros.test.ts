/** The intervals against values of R and SciPy, which share no code with them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../testing/store.js";
import { rowsOf } from "../store/rows.js";
import { expand } from "./macros.js";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
});

const valueOf = async (macro: string): Promise<unknown> =>
  (await rowsOf<{ x: unknown }>(store.client, `SELECT ${expand(macro)} AS x`))[0]?.x;

it.each([
  // R: prop.test(2, 10, correct = FALSE)
  ["{{wilsonLow(2, 10)}}", 0.05668215],
  ["{{wilsonHigh(2, 10)}}", 0.50983752],
  ["{{wilsonLow(0, 10)}}", 0],
  ["{{wilsonHigh(10, 10)}}", 1],
  // SciPy: stats.t.ppf(0.975, df)
  ["{{studentQuantile(1)}}", 12.706204736],
  ["{{studentQuantile(10)}}", 2.228138852],
  ["{{studentQuantile(11)}}", 2.20098516],
  ["{{studentQuantile(29)}}", 2.045229642],
  ["{{studentQuantile(1000)}}", 1.96233908],
  // The formula in Python: 60 promoters and 20 detractors of 100.
  ["{{nps(60, 20, 100)}}", 40],
  ["{{npsLow(60, 20, 100)}}", 23.379880424],
  ["{{npsHigh(60, 20, 100)}}", 54.290022489],
  // 95 % of the median of 1 … 100: places 41 and 60.
  ["{{quantileLow(range(1, 101), 0.5)}}", 41],
  ["{{quantileHigh(range(1, 101), 0.5)}}", 60],
])("%s is %d", async (macro, value) => {
  expect(Number(await valueOf(macro))).toBeCloseTo(value, 4);
});

it.each([
  "{{share(0, 0)}}",
  "{{wilsonLow(0, 0)}}",
  "{{meanLow(1, 0, 1)}}",
  "{{quantileLow([1, 2], 0.5)}}",
])("%s says nothing", async (macro) => {
  expect(await valueOf(macro)).toBeNull();
});

it("refuses a macro that there is not, and another number of arguments", () => {
  expect(() => expand("{{mode(x)}}")).toThrow(/no macro/);
  expect(() => expand("{{share(x)}}")).toThrow(/takes x, n/);
});

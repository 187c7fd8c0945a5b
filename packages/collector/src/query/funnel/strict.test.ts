/** Steps with nothing else of the funnel between them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, openFunnelStore } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

const strict = { steps: ["a", "b", "c"], order: "strict" };

describe("strict order", () => {
  it("breaks at another step between two, and not at an event of no step", async () => {
    expect(await test.count(strict, "a0 b1 c2", "a0 x1 b2 x3 c4")).toEqual([2, 2, 2]);
    expect(await test.count(strict, "a0 c1 b2 c3", "a0 b1 a2 c3", "a0 a1 b2 c3")).toEqual([
      3, 2, 1,
    ]);
    expect(await test.count({ ...strict, order: "ordered" }, "a0 c1 b2 c3", "a0 b1 a2 c3")).toEqual(
      [2, 2, 2],
    );
  });

  it("finds another chain of the same person", async () => {
    expect(await test.count(strict, "a0 b1 b2 c3 a10 b11 c12")).toEqual([1, 1, 1]);
    expect(await test.count(strict, "a0 b1 b2 c3")).toEqual([1, 1, 0]);
  });

  it("lets what shares a step's millisecond stand on either side of it", async () => {
    expect(await test.count(strict, "a0 c1 b1 c2")).toEqual([1, 1, 1]);
    expect(await test.count(strict, "a0 c0 b1", "a0 c1 b1", "a0 c0.5 b1")).toEqual([3, 2, 1]);
  });

  it("needs as many events as there are equal steps, one after the other", async () => {
    expect(
      await test.count(
        { ...strict, steps: ["a", "a", "b"] },
        "a0 a1 b2",
        "a0 b1 a2 b3",
        "a0 a1 a2 b3",
      ),
    ).toEqual([3, 2, 2]);
  });

  it("is broken by what is excluded as well", async () => {
    expect(await test.count({ ...strict, exclude: ["x"] }, "a0 x1 b2 c3", "a0 b1 c2")).toEqual([
      2, 1, 1,
    ]);
  });
});

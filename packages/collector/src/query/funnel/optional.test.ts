/** Steps that count when they are done and never stand in the way. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, historiesOf, openFunnelStore } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

const steps = ["a", { event: "o", optional: true }, "b"];

describe("an optional step", () => {
  it("counts in its place in the order, and lets pass who leaves it out", async () => {
    expect(
      await test.count({ steps }, "a0 o1 b2", "a0 b1", "a0 o1", "o0 a1 b2", "a0 b1 o2"),
    ).toEqual([5, 2, 4]);
  });

  it("has its share, and that of the step after it, of the required step before", async () => {
    const site = test.newSite();
    await test.insert(historiesOf("a0 o1 b2", "a0 b3", "a0", "a0"), site);
    const rows = await test.funnel({ steps }, site);
    expect(
      rows.map((row) => [row["people"], row["shareOfPrevious"], row["medianSeconds"]]),
    ).toEqual([
      [4, 1, null],
      [1, 0.25, 1],
      [2, 0.5, 2.5],
    ]);
  });

  it("takes a later event of a step where that leaves room for it, and changes no end", async () => {
    const between = ["a", "b", { event: "o", optional: true }, "c"];
    expect(
      await test.count(
        { steps: ["a", { event: "o", optional: true }, "b", "c"] },
        "a0 b1 o2 b3 c4",
      ),
    ).toEqual([1, 1, 1, 1]);
    expect(await test.count({ steps: between }, "a0 b1 c2 o3 c4")).toEqual([1, 1, 0, 1]);
  });

  it("needs an event of its own, between those of the chain that starts last", async () => {
    const same = ["a", { event: ["a", "o"], optional: true }, "b"];
    const steps = ["a", { event: ["c", "o"], optional: true }, "b", "c"];
    expect(await test.count({ steps: same }, "a0 b1", "a0 a1 b2", "a0 o0 b1")).toEqual([3, 1, 3]);
    expect(await test.count({ steps }, "a0 c1 b2 c3", "a0 b1 c2", "a0 c2 b2 c2")).toEqual([
      3, 1, 3, 3,
    ]);
  });

  it("never blocks strict order, and may come anywhere in the window of any order", async () => {
    expect(await test.count({ steps, order: "strict" }, "a0 o1 o2 b3")).toEqual([1, 1, 1]);
    expect(await test.count({ steps, order: "unordered" }, "o0 a1 b2", "b0 a1 o2")).toEqual([
      2, 1, 2,
    ]);
  });

  it("cannot be the first", async () => {
    const first = [{ event: "o", optional: true }, "b"];
    await expect(test.funnel({ steps: first }, "none")).rejects.toThrow(
      /first step starts the window/,
    );
  });
});

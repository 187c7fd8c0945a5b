/** Chains that something must not come into. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, historiesOf, openFunnelStore } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

const steps = ["a", "b", "c"];

describe("an exclusion", () => {
  it("ends a chain between any two steps, and leaves the person another one", async () => {
    const without = { steps, exclude: ["x"] };
    expect(
      await test.count(without, "a0 x1 b2 c3", "a0 b1 x2 c3", "a0 b1 c2 x3", "x0 a1 b2 c3"),
    ).toEqual([4, 3, 2]);
    expect(await test.count(without, "a0 x1 a2 b3 c4", "a0 b1 x2 a3 b4 c5")).toEqual([2, 2, 2]);
  });

  it("counts between the steps that it names alone", async () => {
    const between = (from: number, to: number): object => ({
      steps,
      exclude: [{ event: "x", between: [from, to] }],
    });
    expect(await test.count(between(1, 2), "a0 x1 b2 c3", "a0 b1 x2 c3")).toEqual([2, 1, 1]);
    expect(await test.count(between(2, 3), "a0 x1 b2 c3", "a0 b1 x2 c3")).toEqual([2, 2, 1]);
    // The way that avoids it is found, though a later b is nearer to c.
    expect(await test.count(between(2, 3), "a0 b1 c2 x3 b4 x5 c6", "a0 b1 x2 b3 c4")).toEqual([
      2, 2, 2,
    ]);
  });

  it("does not stand between what shares its millisecond", async () => {
    expect(await test.count({ steps, exclude: ["x"] }, "a0 x0 b1 x1 c2 x2", "a0 b0 c0 x0")).toEqual(
      [2, 2, 2],
    );
    expect(await test.count({ steps: ["a", "b"], exclude: ["x"] }, "a0 x0.001 b0.002")).toEqual([
      1, 0,
    ]);
  });

  it("may have conditions, be any of several events, and be one of many", async () => {
    const site = test.newSite();
    const rows = historiesOf("a0 x1 b2", "a0 y1 b2", "a0 z1 b2").map((row) => ({
      ...row,
      columns: { properties: { plan: row.device === 0 ? "gold" : "silver" } },
    }));
    await test.insert(rows, site);
    const people = (exclude: unknown[]): Promise<unknown[]> =>
      test.people({ steps: ["a", "b"], exclude }, site);
    const gold = [{ property: "plan", op: "=", value: "gold" }];
    expect(await people([["x", "y"]])).toEqual([3, 1]);
    expect(await people(["x", "y", "z"])).toEqual([3, 0]);
    expect(await people([{ event: ["x", "y"], where: gold }])).toEqual([3, 2]);
    expect(await people([])).toEqual([3, 3]);
  });

  it("is refused between steps that there are not, and too many times", async () => {
    const refused = (exclude: unknown, words: RegExp, more: object = {}): Promise<void> =>
      expect(test.funnel({ steps, exclude, ...more }, "none")).rejects.toThrow(words);
    await refused([{ event: "x", between: [2, 2] }], /must name an earlier step first/);
    await refused([{ event: "x", between: [1, 4] }], /there is no step 4, there are 3/);
    await refused([{ event: "x", between: [0, 2] }], /between/);
    await refused([{ event: "x", between: [1, 2] }], /no steps to be between/, {
      order: "unordered",
    });
    await refused(
      Array.from({ length: 11 }, () => "x"),
      /exclude/,
    );
    const optional = ["a", { event: "b", optional: true }, "c"];
    await refused([{ event: "x", between: [2, 3] }], /step 2 is optional/, { steps: optional });
  });
});

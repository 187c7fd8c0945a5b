/** Steps in any order within the window of the first of them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, historiesOf, openFunnelStore } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

const unordered = { steps: ["a", "b", "c"], order: "unordered" };

describe("any order", () => {
  it("counts steps however they are ordered, from the first step that is named", async () => {
    expect(await test.count(unordered, "c0 b1 a2", "b0 a1", "b0 c1")).toEqual([2, 2, 1]);
  });

  it("holds the window from the first of the events to the last", async () => {
    const window = { ...unordered, windowSeconds: 10 };
    expect(await test.count(window, "c0 b5 a10", "c0 b5 a10.001", "c0 b5 a10.001 c12")).toEqual([
      3, 3, 2,
    ]);
  });

  it("wants distinct events for steps that may share them", async () => {
    const steps = [["a", "b"], ["b", "c"], "b"];
    expect(
      await test.count({ ...unordered, steps }, "b0 c1 a2", "b0 b1 b2", "b0 a1", "a0 c1"),
    ).toEqual([4, 4, 2]);
    expect(await test.count({ ...unordered, steps: ["a", "a", "a"] }, "a0 a1 a2", "a0 a0")).toEqual(
      [2, 2, 1],
    );
  });

  it("times a step by the moment at which it and all before it are done", async () => {
    const site = test.newSite();
    await test.insert(historiesOf("c0 b3 a10"), site);
    const rows = await test.funnel(unordered, site);
    expect(rows.map((row) => [row["medianSeconds"], row["medianTotalSeconds"]])).toEqual([
      [null, null],
      [0, 10],
      [0, 10],
    ]);
  });

  it("breaks at what is excluded between the first event and the last", async () => {
    const without = { ...unordered, exclude: ["x"] };
    expect(await test.count(without, "b0 x1 a2 c3", "x0 b1 a2 c3 x4", "b0 x0 a0 c0")).toEqual([
      3, 2, 2,
    ]);
  });

  it("takes equal steps by the dozen, and refuses more different ones that may share than it can tell apart", async () => {
    const twenty = Array.from({ length: 20 }, () => "a");
    const text = twenty.map((name, second) => `${name}${second}`).join(" ");
    expect(await test.count({ ...unordered, steps: twenty }, text)).toEqual(twenty.map(() => 1));
    const some = (value: string, op: string): object => ({
      event: "a",
      where: [{ property: "p", op, value }],
    });
    const values = "a,b,c,d,e,f,g,h,i,j".split(",");
    const equal = { ...unordered, steps: values.map((value) => some(value, "=")) };
    expect(await test.count(equal, "a0")).toEqual(values.map(() => 0));
    const contains = { ...unordered, steps: values.map((value) => some(value, "contains")) };
    await expect(test.count(contains, "a0")).rejects.toThrow(/so many steps/);
  });
});

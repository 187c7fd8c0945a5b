/** What is counted of steps in order. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("steps in order", () => {
  it("counts many events of one millisecond", async () => {
    const site = test.newSite();
    const names = ["a", "b", "c", "d"];
    await test.insert(
      Array.from({ length: 80 }, (_, n) => ({
        id: uuid(16, n),
        name: names[n % 4] ?? "",
        time: T0,
        device: 1,
      })),
      site,
    );
    const steps = names.flatMap((name) => Array.from({ length: 5 }, () => name));
    expect(await test.people({ steps, windowSeconds: 1 }, site)).toEqual(steps.map(() => 1));
  });

  it("needs two events for two equal steps", async () => {
    const site = test.newSite();
    await test.insert(
      [
        { id: uuid(4, 1), name: "a", time: T0, device: 1 },
        { id: uuid(4, 2), name: "a", time: T0, device: 2 },
        { id: uuid(4, 3), name: "a", time: T0, device: 2 },
        { id: uuid(4, 1), name: "a", time: T0, device: 1 },
      ],
      site,
    );
    expect(await test.people({ steps: ["a", "a"], windowSeconds: 60 }, site)).toEqual([2, 1]);
  });

  it("gives Wilson's interval", async () => {
    const site = test.newSite();
    const rows: Row[] = Array.from({ length: 10 }, (_, n) => ({
      id: uuid(10, n),
      name: "a",
      time: T0,
      device: n,
    }));
    await test.insert(
      [
        ...rows,
        { id: uuid(11, 1), name: "b", time: T0, device: 1 },
        { id: uuid(11, 2), name: "b", time: T0, device: 2 },
      ],
      site,
    );
    const [first, second] = await test.funnel({ steps: ["a", "b"], windowSeconds: 60 }, site);
    // Reference: R's prop.test(2, 10, correct = FALSE): 0.05668215 0.50983752.
    expect(second).toMatchObject({ people: 2, shareOfFirst: 0.2, shareOfPrevious: 0.2 });
    expect(second?.["low"]).toBeCloseTo(0.05668215, 7);
    expect(second?.["high"]).toBeCloseTo(0.50983752, 7);
    expect(first).toMatchObject({ shareOfFirst: 1, shareOfPrevious: 1, high: 1 });
  });
});

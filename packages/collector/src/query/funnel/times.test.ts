/** Times are those of the chain that counts. */
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

describe("the times of a step", () => {
  it("takes the latest start of the ways that end in the same millisecond", async () => {
    const site = test.newSite();
    const at = (seconds: number, name: string, place: number): Row => {
      return { id: uuid(21, place), name, time: T0 + seconds * 1000, device: 1 };
    };
    const calls = [4, 5, 6].map((place) => at(50, "call", place));
    await test.insert([at(0, "visit", 1), at(20, "call", 2), at(40, "visit", 3), ...calls], site);
    const rows = await test.funnel({ steps: ["visit", "call", "call"], windowSeconds: 60 }, site);
    expect(rows.map((row) => row["people"])).toEqual([1, 1, 1]);
    expect(rows.map((row) => row["medianSeconds"])).toEqual([null, 10, 0]);
    expect(rows.map((row) => row["medianTotalSeconds"])).toEqual([null, 10, 10]);
  });
});
